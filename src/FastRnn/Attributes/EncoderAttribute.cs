namespace FastRnn;

/// <summary>What follows, up to <see cref="DecoderAttribute"/>, is the encoder: an input attribute and layers of its own, which read the
/// source, a second sequence of a length of its own (Sutskever et al. 2014, Cho et al. 2014).</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EncoderAttribute : Attribute;
