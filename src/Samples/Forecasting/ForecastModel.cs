using FastRnn.Cells;
using FastRnn.Language;

namespace FastRnn.Samples.Forecasting;

/// <summary>Reads the weather of 8 stations and says how each will have changed tomorrow.</summary>
[Model, Input(Weather.Stations)]
[Layer<Gru>(64)]
[Dense(Weather.Stations)]
[MeanSquaredError(Reduction = Reduction.Mean)]
internal sealed partial class ForecastModel;
