using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Keras.Hdf5;

/// <summary>A group of an HDF5 file with all that is in it.</summary>
/// <param name="Path">From the root: <c>/model_weights/lstm</c>.</param>
internal sealed record HdfGroup(string Path)
{
    public Dictionary<string, HdfAttribute> Attributes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, HdfGroup> Groups { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, FileTensor> Tensors { get; } = new(StringComparer.Ordinal);

    /// <summary>A group inside, by names with slashes; null if there is none.</summary>
    public HdfGroup? Group(string path)
    {
        var group = this;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!group.Groups.TryGetValue(name, out group!))
                return null;
        }

        return group;
    }

    /// <summary>A tensor inside, by names with slashes; null if there is none.</summary>
    public FileTensor? Tensor(string path)
    {
        var end = path.LastIndexOf('/');
        return Group(end < 0 ? "" : path[..end])?.Tensors.GetValueOrDefault(path[(end + 1)..]);
    }

    /// <summary>The only text of an attribute; null if there is none of the name.</summary>
    public string? Text(string attribute) => Attributes.GetValueOrDefault(attribute)?.Text();

    /// <summary>All tensors, this group's first, then by the order of names.</summary>
    public IEnumerable<FileTensor> All() =>
        Tensors.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => t.Value)
            .Concat(Groups.OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(g => g.Value.All()));
}
