using System.Collections.Frozen;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.PyTorch.Pickle;

/// <summary>The names of Python that a pickle may use, and what stands for their results here. All others are refused by
/// their name.</summary>
internal static class PickleGlobals
{
    private const int HighestRank = 16;

    private static readonly FrozenDictionary<string, ElementType> Storages = new Dictionary<string, ElementType>
    {
        ["torch.HalfStorage"] = ElementType.Float16,
        ["torch.BFloat16Storage"] = ElementType.BFloat16,
        ["torch.FloatStorage"] = ElementType.Float32,
        ["torch.DoubleStorage"] = ElementType.Float64,
        ["torch.CharStorage"] = ElementType.Int8,
        ["torch.ByteStorage"] = ElementType.UInt8,
        ["torch.ShortStorage"] = ElementType.Int16,
        ["torch.IntStorage"] = ElementType.Int32,
        ["torch.LongStorage"] = ElementType.Int64,
        ["torch.BoolStorage"] = ElementType.Boolean,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Func<IReadOnlyList<object?>, object?>> Calls =
        new Dictionary<string, Func<IReadOnlyList<object?>, object?>>
        {
            ["collections.OrderedDict"] = arguments => arguments.Count == 0 ? new PickleDictionary() : null,
            ["torch.Size"] = arguments => arguments is [PickleTuple sizes] ? sizes : null,
            ["torch._utils._rebuild_tensor_v2"] = Tensor,
            ["torch._utils._rebuild_parameter"] = arguments => arguments is [PickleTensor tensor, _, _] ? tensor : null,
        }.ToFrozenDictionary();

    /// <summary>Whether a name may be used.</summary>
    public static bool IsKnown(string name) => Storages.ContainsKey(name) || Calls.ContainsKey(name);

    /// <summary>What a call results in; null if the arguments are not those that PyTorch writes.</summary>
    public static object? Call(PickleGlobal function, IReadOnlyList<object?> arguments) =>
        Calls.TryGetValue(function.Name, out var call) ? call(arguments) : null;

    /// <summary>What a persistent id means, ('storage', class, key, device, elements); null if it is another.</summary>
    public static PickleStorage? Storage(object? id) =>
        id is PickleTuple { Items: ["storage", PickleGlobal kind, string key, string, long count] }
            && count >= 0 && Storages.TryGetValue(kind.Name, out var type)
            ? new PickleStorage(type, key, count)
            : null;

    // (storage, offset, size, stride, requires_grad, hooks[, metadata]) of PyTorch 0.4 and later.
    private static PickleTensor? Tensor(IReadOnlyList<object?> arguments)
    {
        if (arguments is not [PickleStorage storage, long offset and >= 0, PickleTuple size, PickleTuple stride, bool, _, ..]
            || arguments.Count > 7 || size.Items.Count != stride.Items.Count || size.Items.Count > HighestRank
            || !AreSizes(size) || !AreSizes(stride))
        {
            return null;
        }

        long[] shape = [.. size.Items.Cast<long>()];
        long[] strides = [.. stride.Items.Cast<long>()];
        Int128 last = offset;
        for (var i = 0; i < shape.Length; i++)
            last += ((Int128)shape[i] - 1) * strides[i];
        var isEmpty = shape.Contains(0);
        if (isEmpty ? offset > storage.Count : last >= storage.Count)
        {
            throw new ForeignFileException(
                $"a tensor [{string.Join(", ", shape)}] with offset {offset} and strides [{string.Join(", ", strides)}] "
                    + $"does not lie inside of its storage 'data/{storage.Key}' of {storage.Count} elements");
        }

        return new PickleTensor(storage, offset, shape, strides);
    }

    private static bool AreSizes(PickleTuple tuple) => tuple.Items.All(item => item is long and >= 0 and <= int.MaxValue);
}
