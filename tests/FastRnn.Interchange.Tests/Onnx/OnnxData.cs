using FastRnn.Files;
using FastRnn.Interchange.Onnx;
using FastRnn.Interchange.Onnx.Proto;
using FastRnn.Interchange.Tensors;

using Google.Protobuf;

namespace FastRnn.Interchange.Tests.Onnx;

/// <summary>Files that tests read, and files that they write.</summary>
internal static class OnnxData
{
    /// <summary>Where the files of other tools lie, see its ORIGIN.md.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Data", "onnx");

    /// <summary>All models.</summary>
    public static IEnumerable<string> Models =>
        Directory.EnumerateFiles(Folder, "*.onnx").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <summary>Inputs (<c>input.</c>) or outputs (<c>output.</c>) of a model by its tool.</summary>
    public static Dictionary<string, Tensor> Vectors(string model, string prefix)
    {
        using var reader = SafeTensorsReader.Open(Path.Combine(Folder, $"{model.Split('.')[0]}.io.safetensors"));
        return reader.Tensors.Where(t => t.Name.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(t => t.Name[prefix.Length..], t => Tensor.Of(SafeTensorsInput.Read(reader, t)));
    }

    /// <summary>Writes a model and reads it.</summary>
    public static OnnxModel Read(ModelProto model) => Read(model.ToByteArray());

    /// <summary>Writes a file and reads it as a model.</summary>
    public static OnnxModel Read(byte[] file)
    {
        var folder = Directory.CreateTempSubdirectory("fastrnn-onnx-");
        try
        {
            var path = Path.Combine(folder.FullName, "model.onnx");
            File.WriteAllBytes(path, file);
            return OnnxModel.Read(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
