using FastRnn;
using FastRnn.Cells;

namespace FastRnnModel._1;

/// <summary>Reads a series, a number at each step, and says the next one. Sizes are constants: change them here.</summary>
[Model, Input(1)]
[Layer<Gru>(32)]
[Dense(1)]
[MeanSquaredError(Reduction = Reduction.Mean)]
internal sealed partial class ForecastModel;
