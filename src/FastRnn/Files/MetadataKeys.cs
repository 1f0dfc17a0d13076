namespace FastRnn.Files;

/// <summary>The texts of files whose names begin with <c>fastrnn.</c>: all of them are known, so a damaged name, or a file of a later
/// version that says more than this one understands, is noticed.</summary>
internal static class MetadataKeys
{
    /// <summary>What of a program's numbers a file replaced: among texts that were read, never in a file.</summary>
    public const string Replaced = "fastrnn.replaced";

    private const string Reserved = "fastrnn.";

    private static readonly HashSet<string> KnownNames = new(StringComparer.Ordinal)
    {
        SafeTensorsChecksum.MetadataKey, ModelFingerprint.MetadataKey, WeightsFingerprint.MetadataKey, "fastrnn.signature",
        "fastrnn.state", "fastrnn.batch",
        "fastrnn.optimizer", "fastrnn.optimizer_numbers", "fastrnn.has_state", "fastrnn.loss_weights", "fastrnn.groups",
        "fastrnn.loop.version", "fastrnn.loop.source", "fastrnn.loop.batches_per_step", "fastrnn.loop.position",
        "fastrnn.loop.first_step", "fastrnn.loop.first_position", "fastrnn.loop.batches_per_epoch", "fastrnn.loop.validate_every",
        "fastrnn.loop.epoch_loss", "fastrnn.loop.epoch_steps", "fastrnn.loop.validation_loss", "fastrnn.loop.schedule",
        "fastrnn.loop.schedule_state", "fastrnn.loop.stopping", "fastrnn.loop.best_loss", "fastrnn.loop.best_step", "fastrnn.loop.waited",
        "fastrnn.loop.metrics",
    };

    /// <summary>Whole names; the generator, which refers to nothing of this assembly, has the same.</summary>
    public static IReadOnlyCollection<string> Known => KnownNames;

    /// <summary>Names behind which a part of the library, or the command line, has its own.</summary>
    public static IReadOnlyList<string> Families { get; } = ["fastrnn.vocabulary.", "fastrnn.run."];

    /// <summary>The first name that is reserved and unknown; null if there is none.</summary>
    public static string? FindUnknown(IEnumerable<string> keys) => keys.FirstOrDefault(key =>
        (key.StartsWith(Reserved, StringComparison.Ordinal) && !KnownNames.Contains(key)
            && !Families.Any(family => key.StartsWith(family, StringComparison.Ordinal)))
        || IsDamagedChecksum(key));

    /// <summary>Whether one changed byte makes of a name the one of the checksum: without it nothing would be checked. A byte that becomes
    /// a backslash swallows the next one.</summary>
    private static bool IsDamagedChecksum(string key)
    {
        const string Name = SafeTensorsChecksum.MetadataKey;
        var length = Math.Min(key.Length, Name.Length);
        var begin = key.AsSpan().CommonPrefixLength(Name);
        return begin < Name.Length && Name.Length - key.Length is 0 or 1
            && key.AsSpan(Math.Min(begin + 1, length)).SequenceEqual(Name.AsSpan(Math.Min(begin + 1 + Name.Length - length, Name.Length)));
    }
}
