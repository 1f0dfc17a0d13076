using FastRnn.Interchange.Keras.Declarations;

namespace FastRnn.Interchange.Keras.Rules;

/// <summary>Masks each step all of whose numbers are <c>mask_value</c>, and puts 0 there.</summary>
internal sealed class MaskingRule(KerasLayer layer) : IKerasRule
{
    public KerasFlow Apply(KerasFlow input)
    {
        // Keras compares in single precision, which is what the numbers come from.
        double value = (float)layer.Number("mask_value", 0);
        var mask = new bool[input.Batch * input.Steps];
        for (var n = 0; n < mask.Length; n++)
        {
            var vector = input.Vector(n / input.Steps, n % input.Steps);
            mask[n] = vector.ContainsAnyExcept(value);
            if (!mask[n])
                vector.Clear();
        }

        return input with { Mask = mask, Made = mask };
    }
}
