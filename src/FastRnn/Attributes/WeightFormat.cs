using System.Diagnostics.CodeAnalysis;

namespace FastRnn;

/// <summary>How a session keeps the model's weights, or an assembly does (<c>[Weights]</c>).</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The formats' own names.")]
public enum WeightFormat
{
    /// <summary>Single precision, as the model has them. A session sees every change of the model.</summary>
    Float32,

    /// <summary>The layers' matrices rounded to bfloat16 (8 bits of fraction: a normal weight is off by at most 2^-8 of itself, a smaller
    /// one by 2^-125 at most), everything else and all arithmetic in single precision. A session's step of one row reads half as many
    /// bytes, which is what it takes its time for where the weights do not fit the nearest cache; a session of several rows gives the same
    /// numbers, but no faster; and the weights are those that the model had when the session was made. An assembly is half as
    /// large.</summary>
    BFloat16,
}
