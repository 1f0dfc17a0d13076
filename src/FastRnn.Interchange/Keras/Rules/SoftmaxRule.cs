using FastRnn.Interchange.Keras.Declarations;

namespace FastRnn.Interchange.Keras.Rules;

/// <summary>The layer Softmax over a step's numbers. It would read a mask as one of numbers, not of steps.</summary>
internal sealed class SoftmaxRule(KerasLayer layer) : IKerasRule
{
    public KerasFlow Apply(KerasFlow input)
    {
        var axis = layer.Number("axis", -1);
        if (axis != -1 && axis != input.Values.Rank - 1)
            throw new ForeignFileException($"{layer.Where}: expected the last axis, got {axis} of {input.Values.ShapeText()}");
        if (input.Mask is not null)
            throw new ForeignFileException($"{layer.Where} is given a mask of steps, which it takes for one of numbers");
        return new FunctionRule(KerasFunctions.Softmax).Apply(input);
    }
}
