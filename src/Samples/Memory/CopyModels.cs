using FastRnn.Cells;

namespace FastRnn.Samples.Memory;

// The same model of four cells: a symbol in and a symbol out at each step.
[Model, OneHot(Vocabulary = CopyTask.Vocabulary)]
[Layer<Elman>(64)]
[Dense(CopyTask.Vocabulary)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class ElmanCopies;

[Model, OneHot(Vocabulary = CopyTask.Vocabulary)]
[Layer<Irnn>(64)]
[Dense(CopyTask.Vocabulary)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class IrnnCopies;

[Model, OneHot(Vocabulary = CopyTask.Vocabulary)]
[Layer<Gru>(64)]
[Dense(CopyTask.Vocabulary)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class GruCopies;

[Model, OneHot(Vocabulary = CopyTask.Vocabulary)]
[Layer<Lstm>(64)]
[Dense(CopyTask.Vocabulary)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class LstmCopies;
