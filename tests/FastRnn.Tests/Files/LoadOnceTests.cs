using FastRnn.Files;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Files;

/// <summary>A model is loaded by reading its file once: the checksum is computed meanwhile, whatever the order of the tensors.</summary>
public sealed class LoadOnceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(WeightFormat.Float32)]
    [InlineData(WeightFormat.BFloat16)]
    [InlineData(WeightFormat.Int8)]
    public void Every_changed_byte_is_noticed(WeightFormat format)
    {
        var path = folder.File("model");
        using (var model = new LossOnTheCell(seed: 1))
            ModelFile.Save(LossOnTheCell.Info, model.Parameters, path, null, format);
        var file = File.ReadAllBytes(path);
        using (var loaded = LossOnTheCell.Load(path))
            Assert.Equal(ModelParameters(path), loaded.Parameters.ToArray());
        for (var i = 0; i < file.Length; i++)
        {
            file[i] ^= 0x20;
            File.WriteAllBytes(path, file);
            Assert.Throws<ModelFileException>(() => LossOnTheCell.Load(path).Dispose());
            file[i] ^= 0x20;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_order_of_tensors_is_anything(bool reversed)
    {
        var (path, other) = (folder.File("model"), folder.File("other"));
        using var model = new LossOnTheCell(seed: 1);
        model.Save(path);
        using (var file = SafeTensorsReader.Open(path))
        {
            var tensors = file.Tensors.Select(tensor => FileEdit.Copy(file, tensor, tensor.Name)).ToList();
            if (reversed)
                tensors.Reverse();
            else
                tensors = [.. tensors.Skip(1), tensors[0]];
            using var stream = File.Create(other);
            SafeTensorsWriter.Write(stream, tensors, new Dictionary<string, string>(file.Metadata));
        }

        using (var loaded = LossOnTheCell.Load(other))
            Assert.Equal(model.Parameters.ToArray(), loaded.Parameters.ToArray());

        // The last byte is in the tensor that is read last, or in one that is skipped.
        var bytes = File.ReadAllBytes(other);
        bytes[^1] ^= 1;
        File.WriteAllBytes(other, bytes);
        Assert.Contains("the file is damaged",
            Assert.Throws<ModelFileException>(() => LossOnTheCell.Load(other).Dispose()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_name_is_damage_and_no_other_model()
    {
        var path = folder.File("model");
        using (var model = new LossOnTheCell(seed: 1))
            model.Save(path);
        var file = File.ReadAllBytes(path);
        file[file.AsSpan().IndexOf("weight_hh_l0"u8) + 11] = (byte)'1';
        File.WriteAllBytes(path, file);
        Assert.Contains("the file is damaged",
            Assert.Throws<ModelFileException>(() => LossOnTheCell.Load(path).Dispose()).Message, StringComparison.Ordinal);
    }

    // By the way that leaves the caller's numbers as they are until all is right.
    private static float[] ModelParameters(string path)
    {
        var parameters = new float[LossOnTheCell.Info.ParameterCount];
        ModelFile.Load(LossOnTheCell.Info, parameters, path);
        return parameters;
    }
}
