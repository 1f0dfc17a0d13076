using System.Globalization;

namespace FastRnn.Threading;

/// <summary>How many workers a piece of work is worth, in multiply-adds of matrices: a CPU does some 10 to 60 of them in a nanosecond. Bits
/// depend on no number of workers, so each pass may have its own.</summary>
internal static class WorkCost
{
    /// <summary>Multiply-adds that a worker must have: some 20 microseconds. To begin and to end a job together takes one or two while all
    /// are awake, and fifty or more if one of them sleeps.</summary>
    public const long OfWorker = 1_000_000;

    /// <summary>The same where workers share the units of a stream's steps: they are awake, as the step before was just now, and still a
    /// single step of 150 thousand each is slower by two of them (LSTM 192: 0.9 times as fast) and one of 260 thousand is not (LSTM 256:
    /// 1.6 times).</summary>
    public const long OfPart = 200_000;

    /// <summary>What a worker must have in this process. Tests of small models say 1 in their settings, so that all workers have something
    /// to do: only they set this.</summary>
    internal static long Least { get; set; } =
        long.TryParse(AppContext.GetData("FastRnn.WorkOfWorker") as string, CultureInfo.InvariantCulture, out var least) ? least : OfWorker;

    /// <summary>What the functions of a unit of a recurrent layer cost, such as five of an LSTM.</summary>
    public const long OfUnit = 128;

    /// <summary>What the optimizer does with a parameter: gradient, moments, packing.</summary>
    public const long OfParameter = 16;

    /// <summary>What a number costs that is only read.</summary>
    public const long OfNumber = 4;

    /// <summary>As many workers as have enough to do.</summary>
    /// <param name="work">All of the work, in multiply-adds.</param>
    /// <param name="most">The workers that there are, at least 1.</param>
    public static int Workers(double work, int most) => Workers(work, most, Least);

    /// <summary>As many parts of the units as have enough to do.</summary>
    /// <inheritdoc cref="Workers(double, int)" path="/param"/>
    public static int Parts(double work, int most) => Workers(work, most, Math.Min(Least, OfPart));

    private static int Workers(double work, int most, long least) => (int)Math.Clamp(work / Math.Max(1, least), 1, most);
}
