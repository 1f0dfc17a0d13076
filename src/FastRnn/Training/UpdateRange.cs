using System.Globalization;

namespace FastRnn.Training;

/// <summary>Parameters side by side that are updated in one way.</summary>
/// <param name="Begin">The first one.</param>
/// <param name="End">One past the last one.</param>
/// <param name="IsFrozen">Whether they stay as they are.</param>
/// <param name="RateFactor">What the learning rate is multiplied by.</param>
/// <param name="Decay">The weight decay; null is the optimizer's.</param>
internal sealed record UpdateRange(int Begin, int End, bool IsFrozen, float RateFactor, float? Decay)
{
    /// <summary>What differs from the optimizer's own numbers.</summary>
    public string Text => IsFrozen ? "frozen" : string.Join(' ', Differences());

    private IEnumerable<string> Differences()
    {
        if (RateFactor != 1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"learning_rate_factor={RateFactor:r}");
        }

        if (Decay is { } decay)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"weight_decay={decay:r}");
        }
    }
}
