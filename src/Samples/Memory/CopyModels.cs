using FastRnn.Cells;

namespace FastRnn.Samples.Memory;

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
