using System.Globalization;

using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Starts;

/// <summary>One start.</summary>
/// <param name="Milliseconds">From before the process until its line was there.</param>
/// <param name="Kilobytes">Its peak memory, KiB.</param>
/// <param name="First">The first number that it predicted.</param>
internal sealed record Start(double Milliseconds, long Kilobytes, double First)
{
    /// <summary>Of the child's line.</summary>
    /// <exception cref="PeerException">It is no such line.</exception>
    public static Start Parse(string line, double milliseconds)
    {
        var words = line.Split(' ');
        return words.Length == 2 && long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes)
            && double.TryParse(words[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var first)
            ? new Start(milliseconds, kilobytes, first)
            : throw new PeerException($"a start: expected memory and a number, got: {line}");
    }
}
