using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>With what a state begins.</summary>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public enum StartKind
{
    /// <summary>Zeros.</summary>
    Zero,

    /// <summary>In training drawn from a normal distribution of standard deviation <c>StateStart.Value</c>, for each sequence; in
    /// inference zeros.</summary>
    Random,

    /// <summary>The layer's parameter number <c>StateStart.Index</c>.</summary>
    Learned,

    /// <summary>The output of layer <c>StateStart.Index</c>, of domain <see cref="TimeDomain.Single"/>.</summary>
    Layer,

    /// <summary>The last state number <c>StateStart.State</c> of layer <c>StateStart.Index</c>, of domain
    /// <see cref="TimeDomain.Source"/>.</summary>
    LastState,

    /// <summary>A dropout mask that stays for the whole sequence: in training 0 with probability <c>StateStart.Value</c>, else
    /// <c>1 / (1 - Value)</c>; in inference ones.</summary>
    Mask,

    /// <summary>The product of the layer's states number <c>StateStart.Index</c> and number <c>StateStart.State</c>, a mask;
    /// both stand before this one, or the order of computation is theirs first.</summary>
    Masked,

    /// <summary>The mask of a zoneout, which every step finds anew and none computes: in training 1, with probability
    /// <c>StateStart.Value</c>, for a unit of the state number <c>StateStart.Index</c> that keeps its old value, else 0; in inference
    /// <c>Value</c> for all.</summary>
    Zoneout,
}
