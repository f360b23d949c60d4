"""How much each chapter trains: the one table."""

import os

ENVIRONMENT_VARIABLE = "COURSE_BUDGET"
BUDGET_NAMES = ("quick", "cpu", "gpu")

# chapter -> attribute -> (quick, cpu, gpu).
# On two CPU cores quick is to take 45 seconds at most, cpu twelve minutes; gpu: larger models, longer.
CHAPTER_BUDGETS = {
    "01_language_models": {
        "num_train_sentences": (3_000, 16_000, 200_000),
        "num_test_sentences": (500, 1_500, 10_000),
        "ngram_orders": ((1, 2, 3), (1, 2, 3, 4, 5), (1, 2, 3, 4, 5, 6)),
        "window_sizes": ((1, 4), (1, 2, 4, 8), (1, 2, 4, 8, 16)),
        "num_window_epochs": (2, 2, 6),
        "num_recurrent_epochs": (2, 4, 10),
        "num_agreement_epochs": (2, 9, 10),
        "num_skip_gram_epochs": (1, 1, 4),
        "num_name_epochs": (1, 8, 20),
        "num_names": (3_000, 20_000, 32_033),
        "batch_size": (128, 256, 256),
        "learning_rate": (0.01, 0.01, 0.003),
        "embedding_dim": (16, 32, 64),
        "hidden_dim": (32, 64, 256),
        "seeds": ((0,), (0, 1, 2), (0, 1, 2, 3, 4)),
    },
    "02_sequence_to_sequence": {
        # Multiples of the batch size: a smaller last batch would be compiled a second time.
        "num_train_sentences": (640, 8_000, 102_400),
        "num_test_sentences": (100, 500, 5_000),
        "num_epochs": (1, 8, 20),
        "batch_size": (64, 64, 128),
        # By XLA: compiling takes longer than a quick run.
        "jit_compile": (False, True, True),
        "learning_rate": (4e-3, 4e-3, 2e-3),
        "embedding_dim": (32, 32, 128),
        "hidden_dim": (64, 64, 256),
        "code_dims": ((4, 64), (4, 16, 64), (4, 16, 64, 256)),
        "beam_widths": ((2, 5), (2, 5, 10, 50), (2, 5, 10, 50)),
        "seeds": ((0,), (0, 1, 2), (0, 1, 2, 3, 4)),
        "real_num_train_sentences": (640, 16_000, 51_200),
        "real_num_epochs": (1, 6, 15),
        "real_hidden_dim": (64, 128, 512),
        "real_vocabulary_size": (400, 1_500, 8_000),
    },
    "03_attention": {
        "num_train_sentences": (640, 8_000, 50_000),
        "num_test_sentences": (100, 500, 2_000),
        "num_epochs": (2, 4, 10),
        "num_patient_epochs": (3, 8, 20),
        "batch_size": (64, 64, 128),
        "learning_rate": (0.008, 0.008, 0.004),
        "embedding_dim": (24, 32, 64),
        "hidden_dim": (48, 64, 128),
        "scores": (
            (None, "dot"),
            (None, "dot", "scaled_dot", "multiplicative", "additive"),
            (None, "dot", "scaled_dot", "multiplicative", "additive"),
        ),
        "seeds": ((0,), (0, 1, 2), (0, 1, 2, 3, 4)),
        "num_timings": (2, 15, 30),
    },
    "04_queries_keys_values": {
        "num_sequences": (1_920, 6_400, 25_600),
        "num_test_sequences": (300, 1_000, 5_000),
        "num_epochs": (2, 4, 4),
        "learning_rate": (3e-3, 3e-3, 3e-3),
        "seeds": ((0, 1), (0, 1, 2, 3), (0, 1, 2, 3, 4)),
        "key_dims": ((8, 256), (8, 64, 512), (8, 64, 512, 1024)),
        "num_draws": (200, 1_000, 2_000),
        "cost_lengths": (
            (256, 512, 1024),
            (128, 256, 512, 1024, 2048, 4096),
            (256, 512, 1024, 2048, 4096, 8192),
        ),
        "cost_widths": ((32, 64, 128), (16, 32, 64, 128, 256, 512), (16, 32, 64, 128, 256, 512, 1024)),
        "num_fitted": (3, 4, 4),
        "num_timings": (3, 7, 20),
        "memory_lengths": ((512, 1024, 2048), (1024, 2048, 4096), (1024, 2048, 4096, 8192)),
        "path_lengths": ((5, 9, 17), (5, 9, 17, 33), (5, 9, 17, 33, 65)),
        "num_gradient_draws": (2, 5, 20),
    },
    "05_multi_head_attention": {
        "num_sequences": (320, 6_400, 25_600),
        "num_test_sequences": (200, 1_000, 5_000),
        "num_lookup_epochs": (1, 8, 8),
        "lookup_learning_rate": (0.01, 0.01, 0.01),
        "head_counts": ((1, 4), (1, 2, 4, 8, 16), (1, 2, 4, 8, 16)),
        "seeds": ((0,), (0, 1, 2), (0, 1, 2, 3, 4)),
        "num_train_sentences": (320, 8_000, 51_200),
        "num_test_sentences": (32, 200, 2_000),
        "num_epochs": (1, 6, 12),
        "num_language_model_epochs": (1, 2, 10),
        "num_written": (4, 100, 500),
        "num_layers": (1, 2, 2),
        "learning_rate": (4e-3, 4e-3, 2e-3),
        "hidden_dim": (32, 64, 128),
    },
    "06_positions": {
        "num_train_sequences": (512, 2_048, 16_384),
        "num_test_sequences": (64, 300, 1_000),
        "num_epochs": (2, 8, 8),
        "batch_size": (64, 64, 128),
        "learning_rate": (0.01, 0.01, 0.003),
        "hidden_dim": (32, 32, 128),
        # Which of the systems of the study; None for all.
        "systems": (("none", "relative 16, every layer"), None, None),
        "seeds": ((0, 1), (0, 1, 2), (0, 1, 2, 3, 4)),
        "num_sentences": (512, 4_096, 20_480),
        "num_sentence_epochs": (1, 5, 10),
        "sentence_systems": (
            ("none",),
            ("none", "sinusoidal, once", "relative 8, every layer"),
            ("none", "sinusoidal, once", "relative 8, every layer"),
        ),
    },
    "07_the_block": {
        "num_draws": (2, 5, 10),
        "num_train_sentences": (256, 4_096, 32_768),
        "num_test_sentences": (64, 300, 2_000),
        "num_steps": (6, 120, 800),
        "hidden_dim": (16, 32, 128),
        "learning_rate": (1e-2, 1e-2, 1e-3),
        "depths": ((1, 3), (2, 6, 24), (6, 12, 24, 48)),
        "batch_sizes": ((1, 16), (1, 4, 32), (1, 4, 32, 128)),
        "search_depth": (2, 6, 12),
        "learning_rates": ((3e-3,), (1e-3, 3e-3, 1e-2), (3e-4, 1e-3, 3e-3, 1e-2)),
        "num_surface_sentences": (16, 100, 500),
        "num_surface_steps": (3, 9, 25),
        "seeds": ((0, 1), (0, 1, 2), (0, 1, 2, 3, 4)),
    },
    "08_the_transformer": {
        "num_train_sentences": (256, 4_096, 51_200),
        "num_test_sentences": (24, 300, 2_000),
        "num_steps": (10, 300, 3_000),
        "num_layers": (1, 2, 3),
        "hidden_dim": (16, 32, 128),
        "learning_rate": (0.01, 0.01, 0.002),
        "norm_places": (("pre",), ("pre", "post"), ("pre", "post")),
        "seeds": ((0,), (0, 1, 2), (0, 1, 2, 3, 4)),
        "recurrent_hidden_dim": (16, 48, 128),
        "beam_widths": ((), (4,), (2, 5, 10)),
        "temperatures": ((), (0.5, 1.0), (0.3, 0.5, 0.7, 1.0)),
        "cache_lengths": ((8, 16, 32), (64, 128, 256, 512), (64, 128, 256, 512, 1024)),
        "cache_width": (16, 256, 256),
        "num_timings": (1, 2, 5),
        "num_captions": (192, 29_000, 29_000),
        "num_test_captions": (16, 1_000, 1_000),
        "num_caption_epochs": (1, 4, 40),
        "caption_vocabulary_size": (400, 4_000, 4_000),
        "caption_hidden_dim": (16, 128, 192),
        "caption_num_layers": (1, 2, 3),
        "caption_dropout": (0.0, 0.0, 0.2),
        "caption_warmup_steps": (1, 400, 1_000),
    },
    "09_word_pieces": {
        "num_paragraphs": (1_500, 12_000, 12_000),
        "vocabulary_sizes": (
            (500, 1_000),
            (1_000, 2_000, 4_000, 8_000, 16_000),
            (1_000, 2_000, 4_000, 8_000, 16_000),
        ),
        "vocabulary_size": (1_000, 8_000, 8_000),
        "num_chinese_sentences": (2_000, 49_981, 49_981),
        "num_merge_words": (300, 2_000, 10_000),
        "num_merges": (25, 200, 400),
        "french_stride": (50, 5, 1),
        "num_captions": (1_500, 29_000, 29_000),
        "model_vocabulary_sizes": ((300, 600), (300, 1_000, 4_000), (300, 1_000, 4_000)),
        "hidden_dim": (16, 64, 128),
        "num_multiplications": (5e7, 1.6e11, 4e12),
        "learning_rate": (5e-3, 5e-3, 2e-3),
        "num_passages": (100, 10_000, 10_000),
        "passage_vocabulary_size": (1_000, 8_000, 8_000),
        "num_questions": (50, 500, 1_000),
        "seeds": ((0, 1), (0, 1, 2), (0, 1, 2, 3, 4)),
    },
    "10_bert_pretraining": {
        "num_train_sentences": (512, 20_000, 200_000),
        "num_test_sentences": (32, 500, 4_000),
        "num_exact_sentences": (64, 256, 2_048),
        "hidden_dim": (16, 32, 64),
        "num_leak_steps": (6, 600, 3_000),
        "num_masked_steps": (8, 3_000, 16_000),
        "num_documents": (48, 8_000, 60_000),
        "num_test_documents": (24, 300, 4_000),
        "num_pair_steps": (6, 4_000, 20_000),
        "num_books": (1, 8, 52),
        "num_chapters_read": (2, 300, 4_000),
        "text_vocabulary_size": (400, 8_000, 8_000),
        "text_hidden_dim": (16, 128, 256),
        "text_num_layers": (1, 2, 4),
        "num_text_steps": (4, 3_000, 40_000),
        "is_compiled": (False, True, True),
    },
    "11_fine_tuning_sentences": {
        "num_pairs": (60, 2_000, 2_000),
        "num_paraphrases": (40, 400, 2_000),
        "num_forgotten": (30, 230, 1_379),
        "num_test_sentences": (60, 800, 1_821),
        "num_validation_sentences": (60, 300, 872),
        "num_pool": (60, 1_500, 10_000),
        "label_counts": ((20, 40), (100, 1_000), (100, 1_000, 10_000)),
        "epochs": ({20: 1, 40: 1}, {100: 6, 1_000: 2}, {100: 10, 1_000: 4, 10_000: 3}),
        "learning_rate": (1e-4, 1e-4, 1e-4),
        "seeds": ((0,), (0, 1, 2), (0, 1, 2, 3, 4)),
    },
    "12_fine_tuning_tokens": {
        "num_sentences": (32, 416, 1_228),
        "num_epochs": (1, 3, 5),
        "batch_size": (16, 8, 8),
        "max_length": (32, 64, 96),
        # Tried on the validation split, one seed: 3e-4 before 1e-4 and, for the softmax, 5e-4.
        "learning_rate": (3e-4, 3e-4, 3e-4),
        # The rate of a CRF's transitions, over that of the backbone.
        "fast_factor": (100, 100, 100),
        # Compiling takes longer than a quick run.
        "is_compiled": (False, True, True),
        "num_test_sentences": (24, 800, 1_287),
        "num_questions": (20, 1_000, 1_717),
        "num_chosen_by": (20, 300, 926),
        "num_train_questions": (32, 1_200, 5_295),
        "num_question_epochs": (1, 2, 2),
        "question_learning_rate": (3e-4, 3e-4, 3e-4),
        "num_asked": (12, 600, 1_717),
        "seeds": ((0,), (0, 1, 2), (0, 1, 2, 3, 4)),
    },
    "13_what_to_mask": {
        "num_train_sentences": (256, 20_000, 200_000),
        "num_test_sentences": (24, 400, 2_000),
        "num_exact_sentences": (8, 128, 1_000),
        "hidden_dim": (16, 32, 64),
        "num_steps": (4, 1_500, 16_000),
        # Few sentences, which come again in every epoch.
        "num_repeated_sentences": (64, 2_000, 20_000),
        "num_repeated_steps": (4, 1_500, 16_000),
        "num_labelled": (20, 300, 300),
        "num_tuning_epochs": (1, 8, 8),
        "num_documents": (24, 6_000, 60_000),
        "num_test_documents": (8, 256, 2_000),
        "num_packing_steps": (3, 1_200, 16_000),
        "num_books": (1, 4, 52),
        "num_chapters_read": (2, 120, 4_000),
        "text_vocabulary_size": (400, 4_000, 8_000),
        "num_named_sentences": (200, 9_700, 9_700),
        # By XLA: compiling takes longer than a quick run.
        "is_compiled": (False, True, True),
        "seeds": ((0,), (0, 1, 2), (0, 1, 2, 3, 4)),
    },
    "14_electra": {
        "num_train_sentences": (512, 20_000, 200_000),
        "num_test_sentences": (400, 600, 4_000),
        "num_exact_sentences": (40, 1_000, 8_000),
        "hidden_dim": (16, 32, 64),
        "num_electra_steps": (4, 2_000, 30_000),
        # Of ELECTRA; the other questions get as many multiplications.
        "num_study_steps": (2, 1_000, 20_000),
        "num_labelled": (20, 100, 300),
        "num_tuning_steps": (2, 150, 600),
        "fractions": ((0.25,), (0.25, 1.0), (0.25, 1.0)),
        "seeds": ((0,), (0, 1, 2), (0, 1, 2, 3, 4)),
        "num_books": (1, 4, 52),
        "num_chapters_read": (2, 120, 4_000),
        "text_vocabulary_size": (400, 1_000, 8_000),
        "text_hidden_dim": (16, 64, 256),
        "num_text_steps": (3, 2_000, 40_000),
        "is_compiled": (False, True, True),
    },
    "15_smaller": {
        "timed_dim": (32, 128, 256),
        "num_rounds": (1, 11, 21),
        "num_train_sentences": (256, 20_000, 200_000),
        "num_test_sentences": (32, 400, 4_000),
        "hidden_dim": (16, 64, 64),
        "num_layers": (2, 4, 6),
        "num_shared_layers": (1, 3, 6),
        "num_sharing_steps": (2, 600, 6_000),
        "learning_rate": (3e-3, 3e-3, 2e-3),
        "num_documents": (24, 6_000, 60_000),
        "num_test_documents": (24, 400, 2_000),
        "pair_dim": (16, 32, 64),
        "num_pair_steps": (2, 800, 8_000),
        "pair_learning_rate": (3e-3, 3e-3, 1e-3),
        "num_probed": (60, 2_000, 10_000),
        "num_teacher_steps": (4, 2_000, 20_000),
        "num_student_steps": (2, 200, 3_000),
        "student_learning_rate": (2e-3, 2e-3, 1e-3),
        "num_test_films": (24, 600, 1_821),
        "num_labels": (16, 800, 20_000),
        "num_teacher_epochs": (1, 2, 2),
        "num_film_epochs": (1, 3, 3),
        "film_learning_rate": (2e-4, 2e-4, 1e-4),
        "film_weights": ((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), (1.0, 1.0, 1.0)),
        "dropout": (0.1, 0.1, 0.1),
        "batch_sizes": ((1, 8), (1, 8, 32), (1, 8, 32, 128)),
        # Compiling takes longer than a quick run.
        "is_compiled": (False, True, True),
        "seeds": ((0,), (0, 1, 2), (0, 1, 2, 3, 4)),
    },
    "16_masks_as_tasks": {
        "num_train_sentences": (256, 20_000, 200_000),
        "num_test_sentences": (16, 400, 4_000),
        "num_exact_sentences": (8, 128, 1_024),
        "num_priced_sentences": (2, 30, 300),
        "hidden_dim": (16, 64, 128),
        "num_steps": (8, 1_200, 16_000),
        "num_leak_steps": (4, 400, 1_000),
        # By XLA: compiling takes longer than a quick run.
        "is_compiled": (False, True, True),
        "seeds": ((0,), (0, 1, 2), (0, 1, 2, 3, 4)),
        "num_captions": (2_000, 29_000, 29_000),
        "caption_vocabulary_size": (400, 2_000, 8_000),
        "caption_hidden_dim": (16, 64, 256),
        "num_caption_layers": (1, 2, 3),
        "num_segment_steps": (4, 2_500, 30_000),
        # Pairs to translate with -> how often they are read.
        "pair_epochs": ({64: 1}, {500: 16, 2_000: 6}, {500: 40, 2_000: 20, 10_000: 10}),
        "num_test_captions": (8, 200, 1_000),
    },
    "17_beyond_text": {
        "num_train_pictures": (64, 2_000, 8_000),
        "num_test_pictures": (32, 1_000, 2_000),
        "num_observed": (2, 50, 500),
        "num_convolution_steps": (4, 1_000, 6_000),
        "num_digit_systems": (2, 5, 5),
        "num_digit_steps": (4, 500, 2_000),
        "num_variants": (2, 4, 4),
        "num_look_steps": (5, 1_000, 6_000),
        # By XLA: compiling takes longer than a quick run.
        "is_compiled": (False, True, True),
        "seeds": ((0,), (0, 1, 2), (0, 1, 2, 3, 4)),
    },
}


def budget_name():
    """The budget asked for: `COURSE_BUDGET`, or "cpu" when it is unset or empty.

    Raises:
        ValueError: when the variable holds anything but quick, cpu or gpu.
    """
    name = os.environ.get(ENVIRONMENT_VARIABLE, "").strip() or "cpu"
    if name not in BUDGET_NAMES:
        raise ValueError(
            f"`{ENVIRONMENT_VARIABLE}` must be one of {', '.join(BUDGET_NAMES)}. "
            f"Received: {ENVIRONMENT_VARIABLE}={name}."
        )
    return name


def chapter_budget(chapter):
    """The sizes a chapter trains with, under the budget the environment names.

    Args:
        chapter: name of the chapter, as in its file name.

    Returns:
        a `Budget`, whose attributes are the chapter's rows of the table.

    Raises:
        ValueError: on an unknown chapter or an unknown budget.

    Example:
        >>> budget = chapter_budget("03_attention")
        >>> budget.name in ("quick", "cpu", "gpu")
        True
        >>> budget.num_epochs >= 1
        True

    Taught in: notebooks/01_language_models
    """
    name = budget_name()
    if chapter not in CHAPTER_BUDGETS:
        known = ", ".join(CHAPTER_BUDGETS)
        raise ValueError(f"`chapter` must be one of {known}. Received: chapter={chapter}.")
    column = BUDGET_NAMES.index(name)
    return Budget(chapter, name, {key: row[column] for key, row in CHAPTER_BUDGETS[chapter].items()})


class Budget:
    """The sizes of one chapter under one budget, read as attributes; cannot be changed.

    Args:
        chapter: name of the chapter.
        name: "quick", "cpu" or "gpu".
        values: attribute name → value.

    Example:
        >>> budget = Budget("03_attention", "quick", {"num_epochs": 3, "seeds": (0, 1)})
        >>> budget
        Budget 'quick' of 03_attention: num_epochs=3, seeds=(0, 1)
        >>> budget.num_epochs
        3
    """

    def __init__(self, chapter, name, values):
        self.__dict__.update(values, chapter=chapter, name=name)

    def __setattr__(self, attribute, value):
        raise AttributeError(f"A budget cannot be changed; edit its table. Received: {attribute}={value!r}.")

    def __getattr__(self, attribute):
        known = ", ".join(key for key in self.__dict__ if key not in ("chapter", "name"))
        raise AttributeError(
            f"The budget of {self.__dict__.get('chapter')} has {known}. Received: {attribute}."
        )

    def __repr__(self):
        rows = {key: value for key, value in self.__dict__.items() if key not in ("chapter", "name")}
        values = ", ".join(f"{key}={value!r}" for key, value in rows.items())
        return f"Budget {self.name!r} of {self.chapter}: {values}"
