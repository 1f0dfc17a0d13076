using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace FastRnn.Interchange.Tests.PyTorch;

/// <summary>Writes small files of the three formats of state dicts.</summary>
internal static class TensorFiles
{
    /// <summary>torch.save's archive: FOLDER/data.pkl, FOLDER/byteorder, FOLDER/data/KEY, FOLDER/version, all uncompressed.</summary>
    public static byte[] Archive(
        byte[] pickle, IReadOnlyDictionary<string, byte[]> storages, string folder = "archive", string? order = "little",
        CompressionLevel compression = CompressionLevel.NoCompression)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("data.pkl", pickle);
            if (order is not null)
                Add("byteorder", Encoding.ASCII.GetBytes(order));
            foreach (var (key, bytes) in storages)
                Add($"data/{key}", bytes);
            Add("version", "3\n"u8.ToArray());

            void Add(string name, byte[] bytes)
            {
                using var entry = zip.CreateEntry($"{folder}/{name}", compression).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    /// <summary>An archive with one OrderedDict, each tensor in a storage of its own.</summary>
    public static byte[] Torch(params NamedTensor[] tensors)
    {
        var pickle = new PickleWriter().BeginDictionary();
        var storages = new Dictionary<string, byte[]>();
        foreach (var tensor in tensors)
        {
            var key = $"{storages.Count}";
            storages.Add(key, tensor.Bytes);
            var strides = new int[tensor.Shape.Length];
            for (int i = strides.Length - 1, stride = 1; i >= 0; stride *= tensor.Shape[i--])
                strides[i] = stride;
            pickle.Text(tensor.Name).Tensor(key, "FloatStorage", tensor.Values.Length, 0, tensor.Shape, strides);
        }

        return Archive(pickle.EndDictionary().End(), storages);
    }

    /// <summary>TorchSharp's .dat.</summary>
    public static byte[] Dat(params NamedTensor[] tensors)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write7BitEncodedInt(tensors.Length);
        foreach (var tensor in tensors)
        {
            writer.Write(tensor.Name);
            writer.Write7BitEncodedInt(6);
            writer.Write7BitEncodedInt(tensor.Shape.Length);
            foreach (var size in tensor.Shape)
                writer.Write7BitEncodedInt(size);
            writer.Write(tensor.Bytes);
        }

        return stream.ToArray();
    }

    /// <summary>safetensors; the header is not padded, so that data are not aligned (as TorchSharp.PyBridge writes them).</summary>
    public static byte[] SafeTensors(params NamedTensor[] tensors)
    {
        var header = new StringBuilder("{");
        var end = 0;
        foreach (var tensor in tensors)
        {
            var begin = end;
            end += tensor.Bytes.Length;
            header.Append(header.Length > 1 ? "," : "").Append(
                $"\"{tensor.Name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', tensor.Shape)}],\"data_offsets\":[{begin},{end}]}}");
        }

        var text = Encoding.UTF8.GetBytes(header.Append('}').ToString());
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. tensors.SelectMany(t => t.Bytes)];
    }
}
