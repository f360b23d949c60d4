"""How fast `Bert` is pre-trained, fine-tuned and asked, beside keras-hub's `BertBackbone` and Hugging Face.

    python -m benchmarks.bert_speed --peers peers-env/bin/python

The environment of the peers is that of `benchmarks.transformers`, whose processes take turns here, too.
"Same" is one batch without padding and the same arithmetic; "as used" are the sentences of SST-2, as the
documentation of each has them: keras-hub pads all to one width, Hugging Face to the longest of a batch, the
course puts sentences of like length together.
"""
