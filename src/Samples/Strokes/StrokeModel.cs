using FastRnn.Cells;

namespace FastRnn.Samples.Strokes;

/// <summary>Reads the movements of a pen from both ends; at each it says a digit or, most of the time, nothing.</summary>
[Model, Input(Handwriting.Channels)]
[Layer<Lstm>(40, Bidirectional = true)]
[Dense(Handwriting.Classes)]
[Ctc(Reduction = Reduction.Mean)]
internal sealed partial class StrokeModel;
