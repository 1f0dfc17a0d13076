namespace FastRnn.Tests.Identities;

/// <summary>How a stream is cut into calls; a call of 0 is a <c>Step</c>.</summary>
internal static class Chunks
{
    /// <summary>Steps, and runs of 1, 3, 7 and 64 steps: the last one of what remains.</summary>
    public static IEnumerable<int[]> Of(int steps)
    {
        yield return [.. Enumerable.Repeat(0, steps)];
        foreach (var length in (int[])[1, 3, 7, 64])
        {
            var calls = Enumerable.Repeat(length, steps / length);
            yield return [.. steps % length == 0 ? calls : calls.Append(steps % length)];
        }
    }
}
