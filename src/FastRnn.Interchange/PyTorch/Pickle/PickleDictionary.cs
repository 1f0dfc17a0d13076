namespace FastRnn.Interchange.PyTorch.Pickle;

/// <summary>A dictionary or an <c>OrderedDict</c>; both keep the order in which keys came first.</summary>
internal sealed class PickleDictionary
{
    private readonly List<KeyValuePair<object, object?>> items = [];
    private Dictionary<object, int>? places;

    /// <summary>Keys (texts or whole numbers) and values.</summary>
    public IReadOnlyList<KeyValuePair<object, object?>> Items => items;

    /// <summary>Adds or replaces.</summary>
    public void Set(object key, object? value)
    {
        places ??= [];
        if (places.TryGetValue(key, out var place))
        {
            items[place] = new(key, value);
            return;
        }

        places.Add(key, items.Count);
        items.Add(new(key, value));
    }
}
