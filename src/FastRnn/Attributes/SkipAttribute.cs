namespace FastRnn;

/// <summary>The model's input around the layers so far: its first numbers are added to the output of the layer before,
/// <c>y[k] += x[k]</c> for each k of that output, which is at most as long as the input. A model that puts out what is to be added to a
/// signal ends so.</summary>
/// <remarks>The input is what the first layer reads: after a <see cref="ScaleAttribute"/> that stands right behind it. It is a vector of
/// numbers, not tokens.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SkipAttribute : Attribute;
