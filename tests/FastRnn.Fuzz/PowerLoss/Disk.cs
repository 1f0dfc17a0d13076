namespace FastRnn.Fuzz.PowerLoss;

/// <summary>What may be found after the power has gone: bytes that were not asked to be flushed are there, in part or not at all; names
/// that were changed after the last flush of their folder are there up to any of them, in order, as journals of file systems keep
/// them.</summary>
internal sealed class Disk
{
    private readonly Dictionary<string, Node> names = [];
    private readonly List<DiskOperation> pending = [];

    // By the name under which each was created: names of temporary files are used once.
    private readonly Dictionary<string, Node> created = [];
    private Dictionary<string, Node> durable = [];

    /// <summary>How much of the bytes that were not flushed is there.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0, 0.5, 1];

    /// <summary>Does one more thing.</summary>
    public void Apply(DiskOperation operation)
    {
        switch (operation.Action)
        {
            case DiskAction.Write:
                names[operation.Path].Write(operation);
                return;
            case DiskAction.SyncFile:
                names[operation.Path].Sync();
                return;
            case DiskAction.SyncFolder:
                pending.Clear();
                durable = new(names);
                return;
            default:
                Change(names, operation, () => new Node());
                pending.Add(operation);
                return;
        }
    }

    /// <summary>All that may be found now: files by their names.</summary>
    public IEnumerable<IReadOnlyDictionary<string, byte[]>> Found()
    {
        for (var count = 0; count <= pending.Count; count++)
        {
            var found = new Dictionary<string, Node>(durable);
            foreach (var operation in pending.Take(count))
            {
                Change(found, operation, () => created[operation.Path]);
            }

            foreach (var share in Shares)
            {
                yield return found.ToDictionary(file => file.Key, file => file.Value.Found(share));
            }
        }
    }

    /// <summary>What is there in any case.</summary>
    public IReadOnlyDictionary<string, byte[]> Certain() => durable.ToDictionary(file => file.Key, file => file.Value.Found(0));

    private void Change(Dictionary<string, Node> files, DiskOperation operation, Func<Node> create)
    {
        switch (operation.Action)
        {
            case DiskAction.Create:
                created[operation.Path] = files[operation.Path] = create();
                break;
            case DiskAction.Rename:
                files[operation.To] = files[operation.Path];
                files.Remove(operation.Path);
                break;
            case DiskAction.Remove:
                files.Remove(operation.Path);
                break;
        }
    }

    private sealed class Node
    {
        private readonly List<DiskOperation> writes = [];
        private int flushed;

        public void Write(DiskOperation operation) => writes.Add(operation);

        public void Sync() => flushed = writes.Count;

        public byte[] Found(double share)
        {
            using var content = new MemoryStream();
            for (var i = 0; i < writes.Count; i++)
            {
                var bytes = writes[i].Bytes!;
                content.Position = writes[i].Offset < 0 ? content.Length : writes[i].Offset;
                content.Write(bytes, 0, i < flushed ? bytes.Length : (int)(bytes.Length * share));
            }

            return content.ToArray();
        }
    }
}
