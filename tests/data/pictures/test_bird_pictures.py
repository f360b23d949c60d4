"""Pictures of birds: whatever is outside the region is independent of the class, what is inside tells it."""

import time

import numpy as np
import pytest

from course_lib.data import MARKS, BirdPictures
from course_lib.data.pictures.bird_pictures import paint_marks
from course_lib.data.pictures.scenes import draw_scenes, paint_scenes


def in_regions(regions, size):
    """Whether a pixel and a region have any area in common, `(N, size, size)`."""
    first, last = np.arange(size) / size, (np.arange(size) + 1) / size
    top, left, bottom, right = regions.T[:, :, None]
    rows, columns = (last > top) & (first < bottom), (last > left) & (first < right)
    return rows[:, :, None] & columns[:, None, :]


def linear_accuracy(train, train_labels, test, test_labels, penalty=1e-2):
    """The accuracy of ridge regression onto the classes, from standardised inputs."""
    mean, spread = train.mean(axis=0), train.std(axis=0) + 1e-6
    train, test = ((rows - mean) / spread for rows in (train, test))
    targets = np.eye(len(MARKS))[train_labels] - 1 / len(MARKS)
    kernel = train @ train.T / train.shape[1]
    weights = np.linalg.solve(kernel + penalty * np.eye(len(train)), targets)
    return np.mean((test @ train.T / train.shape[1] @ weights).argmax(axis=1) == test_labels)


@pytest.fixture(scope="module")
def train():
    return BirdPictures(32).draw(1200, seed=1)


@pytest.fixture(scope="module")
def test():
    return BirdPictures(32).draw(600, seed=1, split="test")


CHANCE = pytest.approx(0.25, abs=4 * (0.25 * 0.75 / 600) ** 0.5)


def test_outside_the_region_pictures_of_all_classes_are_one():
    """The same scenes with other labels: not one pixel outside differs, and within many do."""
    for size in (16, 37, 64):
        scenes = draw_scenes(53, np.random.default_rng(size))
        x, y, radius = (scenes[name] for name in ("spot_x", "spot_y", "spot_radius"))
        inside = in_regions(np.stack([y - radius, x - radius, y + radius, x + radius], axis=1), size)
        painted = [paint_scenes(scenes, size) for _ in range(3)]
        labels = np.arange(53) % 4
        for images, given in zip(painted[1:], (labels, (labels + 1) % 4), strict=True):
            paint_marks(images, scenes, given)
            np.testing.assert_array_equal(images[~inside], painted[0][~inside])
        differs = np.any(painted[1] != painted[2], axis=-1)
        assert differs.any(axis=(1, 2)).all()
        assert np.any(painted[1] != painted[0], axis=-1)[inside].mean() > 0.5


def test_regions_are_tight():
    """Spots touch all four sides of their regions, to a pixel."""
    size = 97
    scenes = draw_scenes(31, np.random.default_rng(2))
    images = paint_scenes(scenes, size)
    before = images.copy()
    paint_marks(images, scenes, np.zeros(31, int))
    for changed, x, y, radius in zip(
        np.any(images != before, axis=-1),
        scenes["spot_x"],
        scenes["spot_y"],
        scenes["spot_radius"],
        strict=True,
    ):
        for axis, centre in ((1, y), (0, x)):
            found = np.flatnonzero(changed.any(axis=axis))
            low, high = (centre - radius) * size, (centre + radius) * size
            assert abs(found[0] - low) < 1.5 and abs(found[-1] + 1 - high) < 1.5


def test_what_is_outside_the_region_leaves_the_class_at_chance(train, test):
    """A linear model of the pixels, and of how many have each brightness; grey covers the mark."""
    seen, counts = {}, {}
    for name, pictures in (("train", train), ("test", test)):
        outside = ~in_regions(pictures.regions, 32)
        images = np.where(outside[..., None], pictures.images, 0.5)
        seen[name] = images.reshape(len(images), -1)
        steps = np.clip((pictures.images * 16).astype(int), 0, 15)
        counts[name] = np.stack(
            [((steps == step) & outside[..., None]).sum(axis=(1, 2)) for step in range(16)], 1
        )
        counts[name] = counts[name].reshape(len(images), -1).astype(float)
    assert linear_accuracy(seen["train"], train.labels, seen["test"], test.labels) == CHANCE
    assert linear_accuracy(counts["train"], train.labels, counts["test"], test.labels) == CHANCE


def test_inside_the_region_the_class_can_be_read():
    """By a linear model of each region in 9 by 9 pixels."""
    seen, labels = [], []
    for split in ("train", "test"):
        pictures = BirdPictures(64).draw(600, seed=3, split=split)
        patches = []
        for image, (top, left, bottom, right) in zip(pictures.images, pictures.regions, strict=True):
            rows = np.clip(np.linspace(top * 64, bottom * 64, 9).astype(int), 0, 63)
            columns = np.clip(np.linspace(left * 64, right * 64, 9).astype(int), 0, 63)
            patches.append(image[np.ix_(rows, columns)].mean(axis=-1).ravel())
        seen.append(np.array(patches))
        labels.append(pictures.labels)
    assert linear_accuracy(seen[0], labels[0], seen[1], labels[1]) > 0.8


def test_regions_places_and_sizes_say_nothing_of_the_class(train, test):
    assert linear_accuracy(train.regions, train.labels, test.regions, test.labels) == CHANCE


@pytest.mark.parametrize("num_classes", [2, 3, 4])
def test_classes_are_balanced_and_regions_inside(num_classes):
    pictures = BirdPictures(17, num_classes).draw(101, seed=5)
    counts = np.bincount(pictures.labels, minlength=num_classes)
    assert len(counts) == num_classes and counts.max() - counts.min() <= 1
    assert pictures.images.shape == (101, 17, 17, 3) and pictures.images.dtype == np.float32
    assert pictures.images.min() >= 0 and pictures.images.max() <= 1
    assert pictures.regions.shape == (101, 4) and pictures.regions.dtype == np.float32
    assert (pictures.regions[:, :2] > 0).all() and (pictures.regions[:, 2:] < 1).all()
    assert (pictures.regions[:, 2:] > pictures.regions[:, :2]).all()


def test_seeds_splits_and_sizes():
    birds = BirdPictures(19)
    first = birds.draw(7, seed=2)
    np.testing.assert_array_equal(first.images, birds.draw(7, seed=2).images)
    for other in (birds.draw(7, seed=3), birds.draw(7, seed=2, split="test")):
        assert not np.isclose(first.regions, other.regions).any()
    larger = BirdPictures(38, noise=0.0).draw(7, seed=2)
    np.testing.assert_array_equal(first.regions, larger.regions)
    np.testing.assert_array_equal(first.labels, larger.labels)
    halved = larger.images.reshape(7, 19, 2, 19, 2, 3).mean(axis=(2, 4))
    assert np.abs(halved - BirdPictures(19, noise=0.0).draw(7, seed=2).images).mean() < 0.03


def test_noise_is_of_the_spread_that_is_asked_for():
    without, with_noise = (BirdPictures(64, noise=noise).draw(20, seed=4).images for noise in (0.0, 0.05))
    is_far_from_ends = (without > 0.2) & (without < 0.8)
    noise = (with_noise - without)[is_far_from_ends]
    assert noise.mean() == pytest.approx(0, abs=1e-3) and noise.std() == pytest.approx(0.05, abs=1e-3)


def test_hundreds_of_pictures_take_less_than_a_second():
    birds = BirdPictures(64)
    start = time.process_time()
    birds.draw(500)
    assert time.process_time() - start < 1.0  # a few thousand a second on an idle core


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: BirdPictures(15), "`size` must be 16 at least. Received: size=15"),
        (lambda: BirdPictures(num_classes=1), "from 2 to 4. Received: num_classes=1"),
        (lambda: BirdPictures(num_classes=5), "from 2 to 4. Received: num_classes=5"),
        (lambda: BirdPictures(noise=-0.1), "must not be negative. Received: noise=-0.1"),
        (lambda: BirdPictures().draw(0), "must be positive. Received: count=0"),
        (lambda: BirdPictures().draw(1, seed=-1), "must not be negative. Received: seed=-1"),
        (lambda: BirdPictures().draw(1, split="dev"), "Received: split='dev'"),
    ],
)
def test_what_cannot_be_drawn_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
