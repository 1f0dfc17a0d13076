using FastRnn.Parameters;

namespace FastRnn.Samples.Strokes;

/// <summary>A number, written by hand.</summary>
/// <param name="Pen"><c>[T, 3]</c>: how far the pen went to the right and up, and whether it was on the paper.</param>
/// <param name="Digits">What was written.</param>
internal sealed record Handwriting(float[] Pen, int[] Digits)
{
    /// <summary>What a digit's height is: so movements are of the order of 1.</summary>
    public const double Units = 6;

    /// <summary>Numbers of a movement.</summary>
    public const int Channels = 3;

    /// <summary>Ten digits, and the blank.</summary>
    public const int Classes = 11;

    /// <summary>The most digits of a number.</summary>
    public const int MostDigits = 6;

    private const int FewestDigits = 3;

    /// <summary>Movements of the pen.</summary>
    public int Length => Pen.Length / Channels;

    /// <summary>Digit d is label d + 1: 0 is the blank.</summary>
    public int[] Labels => [.. Digits.Select(digit => digit + 1)];

    /// <summary>Another number, by another hand.</summary>
    public static Handwriting Draw(RandomSource random)
    {
        var hand = new Hand(random);
        var digits = new int[FewestDigits + random.NextInt(MostDigits - FewestDigits + 1)];
        for (var i = 0; i < digits.Length; i++)
        {
            digits[i] = random.NextInt(10);
            hand.Write(DigitShapes.Of(digits[i]));
        }

        return new Handwriting([.. hand.Movements], digits);
    }
}
