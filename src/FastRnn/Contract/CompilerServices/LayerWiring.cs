using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>How a layer stands in its model: in a chain it reads the layer before, and the first one <see cref="MainInput"/>. Sources stand
/// before their readers; one that stands behind is fed back: a <see cref="LayerOperation.Concat"/> reads what it was one step before, and
/// zeros in the first step.</summary>
/// <param name="Operation">What it computes.</param>
/// <param name="Domain">Along which time.</param>
/// <param name="Sources">Layers whose output it reads, or <see cref="MainInput"/>, <see cref="SourceInput"/>,
/// <see cref="ConditionInput"/>.</param>
/// <param name="Starts">One for each state of a recurrent layer, in their order; empty for the others.</param>
/// <param name="Rate">Of a dropout, the probability of a zero; of a dot attention, the factor of the scores; of a
/// scale, the factor.</param>
/// <param name="Activation">Of an activation, the function.</param>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public sealed record LayerWiring(
    LayerOperation Operation,
    TimeDomain Domain,
    IReadOnlyList<int> Sources,
    IReadOnlyList<StateStart> Starts,
    float Rate = 0,
    DenseActivation Activation = DenseActivation.Linear)
{
    /// <summary>What the model reads: vectors, embedded or one-hot tokens. A kernel that reads it with <see cref="LayerInfo.ReadsToken"/>
    /// gets the tokens.</summary>
    public const int MainInput = -1;

    /// <summary>What the encoder reads: vectors, one-hot tokens, or the tokens of an <see cref="LayerOperation.Embedding"/>.</summary>
    public const int SourceInput = -2;

    /// <summary>The vector from which the model starts, of domain <see cref="TimeDomain.Single"/>.</summary>
    public const int ConditionInput = -3;
}
