using FastRnn.CompilerServices;

namespace FastRnn.Testing;

/// <summary>The random numbers of a training step, as functions, so that the reference drops what the kernels drop.</summary>
/// <param name="Dropout">Of (layer, sequence, step, unit): the factor of <see cref="LayerOperation.Dropout"/>, 0 or
/// <c>1 / (1 - Rate)</c>.</param>
/// <param name="Mask">Of (layer, sequence, state, unit): the factor of <see cref="StartKind.Mask"/>.</param>
/// <param name="Start">Of (layer, sequence, state, unit): the number from which a state of <see cref="StartKind.Random"/> starts.</param>
public sealed record ReferenceDraws(
    Func<int, int, int, int, double> Dropout,
    Func<int, int, int, int, double> Mask,
    Func<int, int, int, int, double> Start)
{
    /// <summary>Of (layer, sequence, step, state, unit), where the state is the mask: the number of <see cref="StartKind.Zoneout"/>, 1 for
    /// a unit that is held and else 0. Nothing is held if nothing is said.</summary>
    public Func<int, int, int, int, int, double> Held { get; init; } = (_, _, _, _, _) => 0;
}
