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

    /// <summary>The layers' matrices as int8 numbers with one scale for each row, and what they multiply rounded to int8 in each step with
    /// one scale for each vector; sums of products are exact, everything else is in single precision. A session or a predictor reads a
    /// quarter of the bytes, and its products take less time on CPUs that have instructions for them. It keeps these numbers besides the
    /// model's own, so memory grows by that quarter. Results differ by more than with <see cref="BFloat16"/>, so measure what your task
    /// loses. The weights are those that the model had when the session was made. A native program has this format if its project says
    /// <c>FastRnnInt8=true</c>.</summary>
    Int8,
}
