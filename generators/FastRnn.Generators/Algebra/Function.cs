namespace FastRnn.Generators.Algebra;

/// <summary>All that the generator knows of an operation on values: a row of the <see cref="FunctionTable"/>.</summary>
/// <param name="operation">What a node of it computes.</param>
/// <param name="arity">How many operands it has.</param>
internal sealed class Function(Operation operation, int arity)
{
    public Operation Operation => operation;

    public int Arity => arity;

    /// <summary>Of what a cell can call: its name in <c>Functions</c>, in <c>Activation</c> and in a recorded pass.</summary>
    public string Name => operation.ToString();

    /// <summary>The operator that it is in C#; empty for what is called by its name.</summary>
    public string Symbol { get; init; } = "";

    /// <summary>Whether no cell can say it: derivatives and schedules do.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Whether a cell calls it by its name.</summary>
    public bool IsCalled => !IsHidden && Symbol.Length == 0;

    /// <summary>For each operand its part of the gradient; none for what is never differentiated.</summary>
    public IReadOnlyList<Slope2> Slopes { get; init; } = [];

    /// <summary>Variables that the JIT was seen to need for one vector of it.</summary>
    public int Variables { get; init; }

    /// <summary>Whether the backward pass computes it again.</summary>
    public Price Price { get; init; } = Price.Dear;

    /// <summary>Whether its values can be saturated, so that diagnostics look at them; then it is a member of the runtime's
    /// <c>ActivationFunction</c>, too.</summary>
    public bool Saturates { get; init; }

    /// <summary>What it is made of, where no node is it.</summary>
    public Func<Quantity, Quantity>? Formula { get; init; }
}

/// <summary>What a value costs the backward pass.</summary>
internal enum Price
{
    /// <summary>Computing it again costs less than keeping it.</summary>
    Cheap,

    /// <summary>It is kept on the tape.</summary>
    Dear,
}

/// <summary>The gradient of the operand of <c>y = f(x)</c>, where <paramref name="d"/> is that of <paramref name="y"/>.</summary>
internal delegate Quantity Slope1(Quantity x, Quantity y, Quantity d);

/// <summary>The gradient of one of the operands of <c>y = f(a, b)</c>, where <paramref name="d"/> is that of
/// <paramref name="y"/>.</summary>
internal delegate Quantity Slope2(Quantity a, Quantity b, Quantity y, Quantity d);
