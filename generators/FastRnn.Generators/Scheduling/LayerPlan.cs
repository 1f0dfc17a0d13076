using FastRnn.CompilerServices;

namespace FastRnn.Generators.Scheduling;

/// <summary>A layer of fixed sizes, scheduled: everything that the emitted text will say.</summary>
/// <param name="Name">A name for its shape, such as <c>Lstm_64x128</c>; what else bears it in an assembly gets a number
/// (<see cref="KernelSet"/>).</param>
/// <param name="Summary">One line for the reader.</param>
/// <param name="Forward">Kernels in the order of a step.</param>
/// <param name="Backward">Kernels in the order of a step backward.</param>
/// <param name="InputGradient">The kernel of dX; null if the input is a token.</param>
/// <param name="States">For each state whether old and new value must not share memory.</param>
/// <param name="TapeStride">Floats a row and step.</param>
/// <param name="DPreStride">Floats a row and step.</param>
/// <param name="DPreOnTape">Whether dPre takes the place of the tape that it is made from.</param>
/// <param name="Activations">What diagnostics find in memory after a recorded pass.</param>
/// <param name="Products">Deferred gradients of matrices.</param>
/// <param name="Sums">Deferred gradients of vectors.</param>
/// <param name="MultiplyAdds">Of one row and step, forward.</param>
/// <param name="ReadsToken">Whether the layer reads tokens instead of one-hot vectors.</param>
internal sealed record LayerPlan(
    string Name,
    string Summary,
    EquatableArray<KernelPlan> Forward,
    EquatableArray<KernelPlan> Backward,
    KernelPlan? InputGradient,
    EquatableArray<StatePlan> States,
    int TapeStride,
    int DPreStride,
    bool DPreOnTape,
    EquatableArray<ActivationPlan> Activations,
    EquatableArray<ProductPlan> Products,
    EquatableArray<SumPlan> Sums,
    long MultiplyAdds,
    bool ReadsToken)
{
    /// <summary>Whether anything is emitted of it.</summary>
    public bool HasKernels => Forward.Count > 0;

    /// <summary>Whether there is a form for int8 weights.</summary>
    public bool HasInt8 => Forward.All(kernel => kernel.HasInt8);

    /// <summary>Room for the hoisted sums of a step, whatever the width.</summary>
    public long HoistFloats => Enumerable.Range(0, 3).Max(width => Forward.Sum(k => k.HoistFloats(k.Tiles[width])));

    /// <summary>Whether the equations read x by whole vectors.</summary>
    public bool PadsInput => Forward.Any(k => EpilogueLoads.Of(k.Epilogue).Any(s => s.Buffer == BufferKind.Input));
}

/// <summary>A state's name, size and whether old and new value must not share memory.</summary>
internal sealed record StatePlan(string Name, int Size, bool NeedsHistory);

/// <summary>The gradient of a matrix; <paramref name="Operand"/> is what it multiplies.</summary>
internal sealed record ProductPlan(int Parameter, int DPreOffset, OperandKind Operand, int OperandIndex);

/// <summary>The gradient of a vector parameter.</summary>
internal sealed record SumPlan(int Parameter, int DPreOffset);
