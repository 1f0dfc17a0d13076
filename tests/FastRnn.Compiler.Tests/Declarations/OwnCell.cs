using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Compiler.Tests.Declarations;

/// <summary>A cell that stands beside its model, with a dimension of its own.</summary>
[Cell]
public sealed partial class Narrow
{
    private readonly Mat<Neck, Input> Wn;
    private readonly Mat<Hidden, Neck> Wu;
    private readonly Mat<Hidden, Hidden> U;
    private readonly Vec<Hidden> b;

    public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => Tanh(Wu * Relu(Wn * x) + U * h + b);
}

public abstract class Neck : IDimension;

[Model]
[Input(4)]
[Layer<Narrow>(10, 3)]
[Dense(2)]
[SigmoidBinaryCrossEntropy]
public sealed partial class OwnCell;
