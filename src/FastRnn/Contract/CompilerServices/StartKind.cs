using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>With what a state begins.</summary>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public enum StartKind
{
    /// <summary>Zeros.</summary>
    Zero,

    /// <summary>In training drawn from a normal distribution of standard deviation <see cref="StateStart.Value"/>, for each sequence; in
    /// inference zeros.</summary>
    Random,

    /// <summary>The layer's parameter number <see cref="StateStart.Index"/>.</summary>
    Learned,

    /// <summary>The output of layer <see cref="StateStart.Index"/>, of domain <see cref="TimeDomain.Single"/>.</summary>
    Layer,

    /// <summary>The last state number <see cref="StateStart.State"/> of layer <see cref="StateStart.Index"/>, of domain
    /// <see cref="TimeDomain.Source"/>.</summary>
    LastState,

    /// <summary>A dropout mask that stays for the whole sequence: in training 0 with probability <see cref="StateStart.Value"/>, else
    /// <c>1 / (1 - Value)</c>; in inference ones.</summary>
    Mask,

    /// <summary>The product of the layer's states number <see cref="StateStart.Index"/> and number <see cref="StateStart.State"/>, a mask;
    /// both stand before this one, or the order of computation is theirs first.</summary>
    Masked,
}
