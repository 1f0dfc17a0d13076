using FastRnn.Interchange.Keras.Declarations;

namespace FastRnn.Interchange.Keras.Rules;

/// <summary>A layer at each step.</summary>
internal sealed class TimeDistributedRule(KerasLayer layer, IKerasRule inner, bool keepsMask) : IKerasRule
{
    public KerasFlow Apply(KerasFlow input)
    {
        if (input.Values.Rank != 3)
            throw new ForeignFileException($"{layer.Where}: expected [B, T, F], got {input.Values.ShapeText()}");
        var output = inner.Apply(input);
        return keepsMask ? output : output with { Mask = null };
    }
}
