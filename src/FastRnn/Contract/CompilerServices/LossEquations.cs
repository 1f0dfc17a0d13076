using System.ComponentModel;

using FastRnn.Kernels;
using FastRnn.Language;

namespace FastRnn.CompilerServices;

/// <summary>A <see cref="LossAttribute"/> class as data: its kernel, and itself as the reference in double precision.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LossEquations
{
    private readonly Runner run;
    private readonly Func<double[], double[], double> reference;

    private LossEquations(string name, int outputs, Runner run, Func<double[], double[], double> reference) =>
        (Name, Outputs, this.run, this.reference) = (name, outputs, run, reference);

    private delegate void Runner(SimdWidth width, in LossCall call, in SequenceRows targets);

    /// <summary>The full name of its class.</summary>
    public string Name { get; }

    /// <summary>Vectors of outputs that it reads: a model has as many outputs for each number of a target.</summary>
    public int Outputs { get; }

    /// <summary>That of a class.</summary>
    /// <typeparam name="TLoss">A class with <see cref="LossAttribute"/>.</typeparam>
    public static LossEquations Of<TLoss>()
        where TLoss : class, ILoss => TLoss.Equations;

    /// <summary>Puts one together.</summary>
    /// <typeparam name="TKernel">The kernel.</typeparam>
    /// <param name="name">The full name of its class.</param>
    public static LossEquations Of<TKernel>(string name)
        where TKernel : struct, ILossKernel => new(name, TKernel.Outputs, EquationLoss<TKernel>.Run, TKernel.Reference);

    /// <summary>The loss of one position in double precision.</summary>
    /// <inheritdoc cref="ILossKernel.Reference" path="/param"/>
    /// <inheritdoc cref="ILossKernel.Reference" path="/exception"/>
    public double Reference(double[] outputs, double[] targets) => reference(outputs, targets);

    /// <summary>What an emitted <see cref="ILossKernel.Reference"/> begins with: the outputs as so many vectors.</summary>
    /// <param name="outputs">One behind the other.</param>
    /// <param name="targets">As long as each of them.</param>
    /// <param name="vectors">How many there are.</param>
    /// <exception cref="ArgumentException">The outputs have another length.</exception>
    public static Vec<Target>[] Split(double[] outputs, double[] targets, int vectors)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (outputs.Length != targets.Length * vectors)
        {
            throw new ArgumentException(
                $"Outputs: expected {vectors} for each of {targets.Length} targets, got {outputs.Length}.", nameof(outputs));
        }

        var split = new Vec<Target>[vectors];
        for (var i = 0; i < vectors; i++)
        {
            split[i] = new Vec<Target>(outputs.AsSpan(i * targets.Length, targets.Length));
        }

        return split;
    }

    /// <summary>Losses and gradients of positions.</summary>
    /// <param name="width">The vector width.</param>
    /// <param name="call">Rows and sizes.</param>
    /// <param name="targets"><c>[T, B, N / Outputs]</c>, rows without padding.</param>
    internal void Run(SimdWidth width, in LossCall call, in SequenceRows targets) => run(width, in call, in targets);
}
