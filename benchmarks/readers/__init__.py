"""Four readers at equal size, text and updates: static vectors, ELMo, GPT and BERT.

    python -m benchmarks.readers

trains each of them on the toy language, three times, and asks what that is worth for the class of a sentence:
with the reader frozen or fine-tuned, with few labels and with many, beside the same reader without
pre-training and a bag of words. BERT, which is asked for a fifth of the words, is trained once more for five
times as long. A run that is stopped goes on where it was: each reader of each seed is stored when it is done.
Minutes are counted in tokens read, so that the result does not depend on the machine. One thread, half an
hour on a quiet machine.

| file | what is in it |
|---|---|
| `material.py` | the text, the vocabulary, the question |
| `contenders.py` | the readers and what each is trained to say |
| `questions.py` | frozen or fine-tuned, with a number of labels |
"""
