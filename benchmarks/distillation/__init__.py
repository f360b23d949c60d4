"""What a student with half the layers keeps of the published checkpoint, with its teacher and without.

`python -m benchmarks.distillation` fine-tunes the checkpoint on all labels of SST-2 and MRPC, three seeds
each, and students of three layers: by the labels alone, told by the teacher, and begun as the fine-tuned
teacher and told by it. Recipes are chosen by trials on SST-2, on sentences that are not reported, one for
both students that are told. A command that was stopped goes on with the runs that are missing; teachers are
kept in `runs/published`.
"""
