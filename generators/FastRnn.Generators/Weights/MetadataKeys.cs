namespace FastRnn.Generators.Weights;

/// <summary>The texts of files whose names begin with <c>fastrnn.</c>: all of them are known, so that a damaged name, without which nothing
/// might be checked, is noticed (the rule and the names of the runtime's <c>MetadataKeys</c>).</summary>
internal static class MetadataKeys
{
    private const string Reserved = "fastrnn.";

    private static readonly HashSet<string> KnownNames = new(StringComparer.Ordinal)
    {
        Checksum.MetadataKey, Fingerprint.MetadataKey, "fastrnn.weights", "fastrnn.signature",
        "fastrnn.state", "fastrnn.batch",
        "fastrnn.optimizer", "fastrnn.optimizer_numbers", "fastrnn.has_state", "fastrnn.loss_weights", "fastrnn.groups",
        "fastrnn.loop.version", "fastrnn.loop.source", "fastrnn.loop.batches_per_step", "fastrnn.loop.position",
        "fastrnn.loop.first_step", "fastrnn.loop.first_position", "fastrnn.loop.batches_per_epoch", "fastrnn.loop.validate_every",
        "fastrnn.loop.epoch_loss", "fastrnn.loop.epoch_steps", "fastrnn.loop.validation_loss", "fastrnn.loop.schedule",
        "fastrnn.loop.schedule_state", "fastrnn.loop.stopping", "fastrnn.loop.best_loss", "fastrnn.loop.best_step", "fastrnn.loop.waited",
        "fastrnn.loop.metrics",
    };

    public static IReadOnlyCollection<string> Known => KnownNames;

    /// <summary>Names behind which a part of the library, or the command line, has its own.</summary>
    public static IReadOnlyList<string> Families { get; } = ["fastrnn.vocabulary.", "fastrnn.run."];

    /// <summary>The first name that is reserved and unknown; null if there is none.</summary>
    public static string? FindUnknown(IEnumerable<string> keys) => keys.FirstOrDefault(key =>
        (key.StartsWith(Reserved, StringComparison.Ordinal) && !KnownNames.Contains(key)
            && !Families.Any(family => key.StartsWith(family, StringComparison.Ordinal)))
        || IsDamagedChecksum(key));

    /// <summary>Whether one changed byte makes of a name the one of the checksum. A byte that becomes a backslash swallows the next
    /// one.</summary>
    private static bool IsDamagedChecksum(string key)
    {
        const string Name = Checksum.MetadataKey;
        var missing = Name.Length - key.Length;
        var begin = 0;
        while (begin < key.Length && begin < Name.Length && key[begin] == Name[begin])
        {
            begin++;
        }

        return begin < Name.Length && missing is 0 or 1
            && key.Substring(Math.Min(begin + 1, key.Length)) == Name.Substring(Math.Min(begin + 1 + missing, Name.Length));
    }
}
