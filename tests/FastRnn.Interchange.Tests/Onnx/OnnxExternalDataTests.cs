using FastRnn.Interchange.Onnx;
using FastRnn.Interchange.Onnx.Proto;

using Google.Protobuf;

using static FastRnn.Interchange.Tests.Onnx.OnnxBuilder;

namespace FastRnn.Interchange.Tests.Onnx;

/// <summary>Tensors in a file beside the model.</summary>
public sealed class OnnxExternalDataTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fastrnn-onnx-");

    public OnnxExternalDataTests()
    {
        var bytes = new byte[12];
        BitConverter.TryWriteBytes(bytes.AsSpan(4), 1f);
        BitConverter.TryWriteBytes(bytes.AsSpan(8), 2f);
        File.WriteAllBytes(Path.Combine(folder.FullName, "w.data"), bytes);
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_part_of_a_file_is_read()
    {
        var tensor = Read(External("w", 2, ("location", "w.data"), ("offset", "4"), ("length", "8"))).Initializers["w"];
        Assert.Equal(1, tensor[0]);
        Assert.Equal(2, tensor[1]);
    }

    [Fact]
    public void Without_a_length_a_part_goes_to_the_end() =>
        Assert.Equal(2, Read(External("w", 1, ("location", "w.data"), ("offset", "8"))).Initializers["w"][0]);

    [Fact]
    public void Tensors_may_share_a_part() =>
        Assert.Equal(2, Read(
            External("v", 3, ("location", "w.data"), ("checksum", "x")), External("w", 3, ("location", "w.data"))).Initializers.Count);

    [Theory]
    [InlineData("w.data", "8", "8", "'w.data' has 12 bytes, not 8 from 8 on")]
    [InlineData("w.data", "9223372036854775807", "8", "has 12 bytes")]
    [InlineData("w.data", "-4", "8", "offset: expected a number, got '-4'")]
    [InlineData("w.data", "0", "12", "expected 8 bytes, got 12")]
    [InlineData("../w.data", "0", "8", "not inside of its own folder")]
    [InlineData("/etc/passwd", "0", "8", "not inside of its own folder")]
    [InlineData("none.data", "0", "8", "there is no file 'none.data' beside the model")]
    public void What_does_not_fit_is_refused(string location, string offset, string length, string message) =>
        Assert.Contains(message, Refusal(External("w", 2, ("location", location), ("offset", offset), ("length", length))));

    [Fact]
    public void Parts_are_not_more_than_their_file()
    {
        var parts = Enumerable.Range(0, 3).Select(i => External($"w{i}", 2, ("location", "w.data"), ("offset", $"{i}"), ("length", "8")));
        Assert.Contains("overlaps", Refusal([.. parts]));
    }

    [Fact]
    public void A_place_and_numbers_in_the_model_are_too_much()
    {
        var tensor = External("w", 1, ("location", "w.data"));
        tensor.FloatData.Add(1);
        var message = Assert.Throws<ForeignFileException>(() => Read(tensor)).Message;
        Assert.Contains("initializer 'w': its numbers stand in the file and in another one", message);
        Assert.Contains("expected a location", Refusal(External("w", 1)));
    }

    private string Refusal(params TensorProto[] tensors)
    {
        var message = Assert.Throws<ForeignFileException>(() => Read(tensors)).Message;
        Assert.Contains(tensors, t => message.Contains($"initializer '{t.Name}': external data"));
        return message;
    }

    private OnnxModel Read(params TensorProto[] tensors)
    {
        var model = Model();
        model.Graph.Initializer.AddRange(tensors);
        var path = Path.Combine(folder.FullName, "model.onnx");
        File.WriteAllBytes(path, model.ToByteArray());
        return OnnxModel.Read(path);
    }

    private static TensorProto External(string name, long count, params (string Key, string Value)[] entries)
    {
        var tensor = new TensorProto { Name = name, DataType = 1, Dims = { count } };
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.AddRange(entries.Select(e => new StringStringEntryProto { Key = e.Key, Value = e.Value }));
        return tensor;
    }
}
