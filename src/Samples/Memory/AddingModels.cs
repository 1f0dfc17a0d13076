using FastRnn.Cells;
using FastRnn.Language;

namespace FastRnn.Samples.Memory;

// The same model of four cells: many numbers in, at the last step one out.
[Model, Input(AddingTask.Inputs)]
[Layer<Elman>(64)]
[Pool(Pooling.Last)]
[Dense(1)]
[MeanSquaredError(Reduction = Reduction.Mean)]
internal sealed partial class ElmanAdds;

[Model, Input(AddingTask.Inputs)]
[Layer<Irnn>(64)]
[Pool(Pooling.Last)]
[Dense(1)]
[MeanSquaredError(Reduction = Reduction.Mean)]
internal sealed partial class IrnnAdds;

[Model, Input(AddingTask.Inputs)]
[Layer<Gru>(64)]
[Pool(Pooling.Last)]
[Dense(1)]
[MeanSquaredError(Reduction = Reduction.Mean)]
internal sealed partial class GruAdds;

[Model, Input(AddingTask.Inputs)]
[Layer<Lstm>(64)]
[Pool(Pooling.Last)]
[Dense(1)]
[MeanSquaredError(Reduction = Reduction.Mean)]
internal sealed partial class LstmAdds;
