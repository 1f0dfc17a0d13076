namespace FastRnn.Cli;

/// <summary>Which of the processes of a job writes.</summary>
internal static class RankWriting
{
    /// <summary>Whether this process writes what there is once: files, and what is printed.</summary>
    /// <param name="ranks">The processes that work together; null for this one alone.</param>
    public static bool Writes(this RankGroup? ranks) => ranks is null or { IsFirst: true };
}
