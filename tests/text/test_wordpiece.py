import gzip
import os
import subprocess
import sys
import textwrap
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from course_lib.text import SPECIAL_TOKENS, Vocabulary, WordPieceTokenizer, match_pieces, train_wordpiece

TEXTS = [
    "A man's t-shirt, isn't it? 10-year-old boys' shirts cost 3.50 $.",
    "Zwei junge weiße Männer sind im Freien in der Nähe vieler Büsche; die Straße ist NASS.",
    "L'été, où ça? Un garçon s'amuse à l'eau - « déjà vu »!",
    "我爱自然语言处理。他是一个学生吗？",
    "東京タワーへ行きました。 한국어 텍스트",
    "Здравствуй, мир! Ο Οδυσσέας ΑΣ. नमस्ते दुनिया สวัสดี مرحبا שלום",
    "👩‍🚀👨‍👩‍👧‍👦 👍🏽 🇩🇪🇫🇷 ☺️ ❤️‍🔥 emoji🙂inside",
    "con\x00trol\x07 chars\x1b[0m \x7f\x85 end",
    "zero\u200bwidth\u200c \u200djoined \ufeffbom soft\u00adhyphen \u2060word",
    "e\u0301 a\u0308\u0323 o\u0323\u0308 \u0301lonely Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!",
    "ａ　ｗｉｄｅ ﬁne İstanbul ǅ ẞ ſ K Å ℵ",
    "a" * 100 + " " + "a" * 101 + " " + "é" * 100 + " " + "é" * 101 + " " + "한" * 34 + " 😀" + "😀" * 120,
    "",
    " ",
    "\t\n\r\x0b\x0c\u00a0\u1680\u2000\u2028\u2029\u202f\u205f\u3000",
    "[MASK] [PAD][UNK] [START]text[END] ##s ## # [CLS] mask",
    "\u0378 new \U0001fae8 \U0001e5ff punctuation \u1b4e \u2e5d",
    "private \ue000 use \U000f0000 \ufffd replacement \uffff noncharacter",
    "http://example.org/a_b?c=d&e=f#g user@host 1,000.50 50% C++ `code` ~/x^2",
]
BERT_TEXTS = TEXTS + ["the", "The THE tHe", ".", "...", "'", "-", "ß", "ü", "猫", "猫猫 猫a猫"]


@pytest.fixture(scope="module", params=[True, False], ids=["lower", "cased"])
def tokenizers(request):
    lower_case = request.param
    vocabulary = train_wordpiece(TEXTS[:9], 340, lower_case, minimum_count=1)
    pieces = {token: token_id for token_id, token in enumerate(vocabulary.tokens)}
    hugging_face = Tokenizer(models.WordPiece(pieces, unk_token="[UNK]", max_input_chars_per_word=100))
    hugging_face.normalizer = BertNormalizer(lowercase=lower_case)
    hugging_face.pre_tokenizer = BertPreTokenizer()
    python = WordPieceTokenizer(vocabulary, lower_case, engine="python")
    tensorflow = WordPieceTokenizer(vocabulary, lower_case, engine="tensorflow")
    return python, tensorflow, hugging_face


def test_engines_and_hugging_face_agree_on_every_kind_of_text(tokenizers):
    python, tensorflow, hugging_face = tokenizers
    ids = python.encode_batch(BERT_TEXTS)
    assert tensorflow.encode_batch(BERT_TEXTS) == ids
    assert [tensorflow.encode(text) for text in BERT_TEXTS] == ids
    # Punctuation added since Unicode 8 is punctuation here and not to Hugging Face.
    known = [text for text in BERT_TEXTS if "\u2e5d" not in text]
    expected = [encoding.ids for encoding in hugging_face.encode_batch(known)]
    assert python.encode_batch(known) == expected
    assert sum(map(len, expected)) > 400


def test_engines_agree_on_every_assigned_code_point(tokenizers):
    python, tensorflow, _ = tokenizers
    # Texts with unassigned ones take the same way in both engines; surrogates vanish.
    characters = [
        chr(n) for n in range(sys.maxunicode + 1) if unicodedata.category(chr(n)) not in ("Cn", "Co")
    ]
    words = [f"a{character}a" for character in characters]
    texts = [" ".join(words[start : start + 100]) for start in range(0, len(words), 100)]
    assert tensorflow.encode_batch(texts) == python.encode_batch(texts)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text() | st.text(alphabet="aeiouäßstnr ABÉ'.-#[]猫\u0301\u200d🙂"), max_size=5))
def test_engines_agree_on_random_text(tokenizers, texts):
    python, tensorflow, _ = tokenizers
    assert tensorflow.encode_batch(texts) == python.encode_batch(texts)


# Letters, marks and symbols whose properties are older than Unicode 8, which Hugging Face's tables are.
@settings(max_examples=100, deadline=None)
@given(
    st.text(
        st.characters(max_codepoint=0x5FF, exclude_characters="\u0378")
        | st.characters(min_codepoint=0x1F300, max_codepoint=0x1F5FF)
        | st.characters(min_codepoint=0x2000, max_codepoint=0x206F)
        | st.characters(min_codepoint=0x3000, max_codepoint=0x9FFF)
    )
)
def test_python_engine_agrees_with_hugging_face_on_random_text(tokenizers, text):
    python, _, hugging_face = tokenizers
    assert python.encode(text) == hugging_face.encode(text).ids


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.text(alphabet="ab#.' 猫é\x00\ue000", min_size=1, max_size=5), max_size=9, unique=True),
    st.lists(st.text(alphabet="abAÉ#.' 猫\u0301", max_size=12), max_size=9),
)
def test_engines_agree_for_odd_vocabularies(pieces, texts):
    vocabulary = Vocabulary([*SPECIAL_TOKENS, *pieces])
    expected = WordPieceTokenizer(vocabulary, engine="python").encode_batch(texts)
    assert WordPieceTokenizer(vocabulary, engine="tensorflow").encode_batch(texts) == expected


def test_sharp_s_is_not_folded():
    vocabulary = Vocabulary([*SPECIAL_TOKENS, "strasse", "straße"])
    for engine in ("python", "tensorflow"):
        assert WordPieceTokenizer(vocabulary, engine=engine).encode_batch(["Straße Strasse"]) == [[6, 5]]


def test_greedy_matching_takes_the_longest_piece_and_gives_up_on_the_whole_word():
    pieces = {"a": 5, "ab": 6, "##c": 7, "##bc": 8, "##cd": 9}
    assert match_pieces("abc", pieces, 1) == [6, 7]
    assert match_pieces("abcd", pieces, 1) == [6, 9]
    assert match_pieces("abce", pieces, 1) == [1]
    assert match_pieces("c", pieces, 1) == [1]
    assert match_pieces("a" + "c" * 99, pieces, 1) == [5] + [7] * 99
    assert match_pieces("a" + "c" * 100, pieces, 1) == [1]


def test_text_never_becomes_a_control_id(tokenizers):
    for tokenizer in tokenizers[:2]:
        ids = tokenizer.encode_batch(["[PAD] [START] [END] [MASK]"])[0]
        assert not {0, 2, 3, 4} & set(ids)


def test_decode_undoes_encode_up_to_what_is_documented(tokenizers):
    python = tokenizers[0]
    assert (
        python.decode([2, *python.encode("a man's t-shirt, 10-year-old"), 3, 9, 9])
        == "a man's t-shirt, 10-year-old"
    )
    assert python.decode(python.encode("한국어")) == "한국어"
    for ids in python.encode_batch(TEXTS[:9]):
        assert 1 not in ids
        assert python.encode(python.decode(ids)) == ids


def test_word_cache_does_not_change_ids(tokenizers, monkeypatch):
    python = tokenizers[0]
    expected = python.encode_batch(TEXTS)
    monkeypatch.setattr("course_lib.text.wordpiece._CACHE_SIZE", 2)
    fresh = WordPieceTokenizer(python.vocabulary, python.lower_case, engine="python")
    assert fresh.encode_batch(TEXTS * 2) == expected * 2


@pytest.mark.parametrize("engine", ["python", "tensorflow"])
def test_bad_input(engine):
    tokenizer = WordPieceTokenizer(Vocabulary([*SPECIAL_TOKENS, "a"]), engine=engine)
    with pytest.raises(TypeError, match="`text` must be a string.*NoneType"):
        tokenizer.encode(None)
    with pytest.raises(TypeError, match="not one string"):
        tokenizer.encode_batch("a")
    with pytest.raises(TypeError, match="type bytes at position 1"):
        tokenizer.encode_batch(["a", b"a"])
    with pytest.raises(ValueError, match=r"0\.\.5\. Received: 6"):
        tokenizer.decode([6])
    with pytest.raises(ValueError, match="Received: -1"):
        tokenizer.decode([-1])
    assert tokenizer.encode_batch([]) == []


def test_bad_construction():
    with pytest.raises(ValueError, match="one of auto, tensorflow, python.*'rust'"):
        WordPieceTokenizer(Vocabulary(SPECIAL_TOKENS), engine="rust")
    with pytest.raises(ValueError, match="punctuation mark.*'mask'"):
        WordPieceTokenizer(Vocabulary([*SPECIAL_TOKENS, "mask"], mask_token="mask"), engine="python")
    long = Vocabulary([*SPECIAL_TOKENS, "ห" * 86])
    with pytest.raises(ValueError, match="engine='python' for longer ones. Received: a token of 258 bytes"):
        WordPieceTokenizer(long, engine="tensorflow")
    assert WordPieceTokenizer(long, engine="auto").engine == "python"


@pytest.mark.parametrize("missing", ["tensorflow", "tensorflow_text"])
def test_without_tensorflow_text_auto_takes_python_silently(missing):
    code = f"""
        import sys, warnings
        warnings.simplefilter("error")
        if {missing!r} == "tensorflow_text":
            import types
            sys.modules["tensorflow"] = types.ModuleType("tensorflow")
        sys.modules[{missing!r}] = None
        from course_lib.text import SPECIAL_TOKENS, Vocabulary, WordPieceTokenizer
        vocabulary = Vocabulary([*SPECIAL_TOKENS, "cat"])
        tokenizer = WordPieceTokenizer(vocabulary)
        print(tokenizer.engine, tokenizer.encode_batch(["Cat"]))
        try:
            WordPieceTokenizer(vocabulary, engine="tensorflow")
        except ImportError as error:
            print(error)
    """
    result = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True
    )
    assert result.stdout.startswith("python [[5]]\nengine='tensorflow' needs tensorflow")
    assert "engine='python' gives the same ids" in result.stdout
    assert result.stderr == ""


def test_auto_never_loads_tensorflow_but_uses_it_when_loaded():
    code = """
        import sys
        from course_lib.text import SPECIAL_TOKENS, Vocabulary, WordPieceTokenizer, train_wordpiece
        vocabulary = train_wordpiece(["a cat", "a cat"], 10)
        assert WordPieceTokenizer(vocabulary).engine == "python" and "tensorflow" not in sys.modules
        import tensorflow
        assert WordPieceTokenizer(vocabulary).engine == "tensorflow"
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True, capture_output=True)


def test_english_captions_survive_the_round_trip_for_bleu():
    folder = Path(os.environ.get("COURSE_DATA", "")) / "multi30k"
    if not (folder / "test_2016_flickr.en.gz").is_file():
        pytest.skip("needs Multi30k in COURSE_DATA")
    sacrebleu = pytest.importorskip("sacrebleu")
    with gzip.open(folder / "test_2016_flickr.en.gz", "rt", encoding="utf-8") as file:
        lines = file.read().splitlines()
    with gzip.open(folder / "val.en.gz", "rt", encoding="utf-8") as file:
        tokenizer = WordPieceTokenizer(
            train_wordpiece([*file.read().splitlines(), *lines], 2000), engine="python"
        )
    back = [tokenizer.decode(ids) for ids in tokenizer.encode_batch(lines)]
    assert sacrebleu.corpus_bleu(back, [lines], lowercase=True).score >= 99.5
