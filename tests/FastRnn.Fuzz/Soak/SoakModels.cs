using FastRnn.Cells;

namespace FastRnn.Fuzz.Soak;

/// <summary>An effect that runs all day.</summary>
[Model, Input(1), Layer<Lstm>(16), Dense(1)]
internal sealed partial class SoakedEffect;

/// <summary>A model that is trained all day: with draws of dropout, and sequences of many lengths.</summary>
[Model, Input(1), Layer<Lstm>(16), Dropout(0.1), Dense(1), MeanSquaredError]
internal sealed partial class SoakedLearner;

/// <summary>A model with more work in a step.</summary>
[Model, Input(64), Layer<Lstm>(256)]
internal sealed partial class SoakedVoice;
