using FastRnn.Language;
using FastRnn.Losses;

using static FastRnn.Language.Functions;

namespace FastRnn.Benchmarks.Cells;

// Losses over many outputs of a small layer, so that a loss is a part of a step that can be seen: the library's kernels beside the same
// written as equations.

[Model, Input(64), Layer<FastRnn.Cells.Elman>(32), Dense(512), MeanSquaredError]
internal sealed partial class WithSquares;

[Model, Input(64), Layer<FastRnn.Cells.Elman>(32), Dense(512), Loss<SquaredError>]
internal sealed partial class WithOwnSquares;

[Model, Input(64), Layer<FastRnn.Cells.Elman>(32), Dense(512), MeanAbsoluteError]
internal sealed partial class WithAbsolutes;

[Model, Input(64), Layer<FastRnn.Cells.Elman>(32), Dense(512), Loss<AbsoluteError>]
internal sealed partial class WithOwnAbsolutes;

[Model, Input(64), Layer<FastRnn.Cells.Elman>(32), Dense(512), Loss<LogCosh>]
internal sealed partial class WithLogCosh;

/// <summary>That of <c>[MeanSquaredError]</c>.</summary>
[Loss]
internal sealed partial class SquaredError
{
    public static Vec<Target> Step(Vec<Target> z, Vec<Target> y) => Mean(Square(z - y));
}

/// <summary>That of <c>[MeanAbsoluteError]</c>.</summary>
[Loss]
internal sealed partial class AbsoluteError
{
    public static Vec<Target> Step(Vec<Target> z, Vec<Target> y) => Mean(Abs(z - y));
}
