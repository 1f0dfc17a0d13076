using FastRnn.Files;

namespace FastRnn.Tests.Files;

/// <summary>A file of weights with every possible small damage.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string path;
    private readonly byte[] whole;

    public DamagedFileTests()
    {
        path = folder.File("model.safetensors");
        ModelFile.Save(HandMadeModels.Gru, HandMadeModels.Parameters(HandMadeModels.Gru), path);

        // With its checksum all damage would be the same one: these tests are of what stands behind it.
        whole = EditedFile.WithoutChecksum(File.ReadAllBytes(path));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_cut_off_at_any_byte_is_refused_and_leaves_the_parameters_alone()
    {
        var parameters = new float[HandMadeModels.Gru.ParameterCount];
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<ModelFileException>(() => ModelFile.Load(HandMadeModels.Gru, parameters, path));
        }

        Assert.All(parameters, p => Assert.Equal(0, p));
    }

    [Fact]
    public void A_file_with_a_byte_too_many_is_refused()
    {
        File.WriteAllBytes(path, [.. whole, 0]);

        Assert.Throws<ModelFileException>(() => ModelFile.Load(HandMadeModels.Gru, new float[HandMadeModels.Gru.ParameterCount], path));
    }

    [Fact]
    public void Any_flipped_bit_of_the_header_is_refused_or_harmless()
    {
        var headerEnd = 8 + BitConverter.ToInt32(whole);
        var refused = 0;
        for (var bit = 0; bit < headerEnd * 8; bit++)
        {
            var damaged = whole.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(path, damaged);
            try
            {
                ModelFile.Load(HandMadeModels.Gru, new float[HandMadeModels.Gru.ParameterCount], path);
            }
            catch (ModelFileException)
            {
                refused++;
            }
        }

        // What stays readable is in the names and texts of the metadata.
        Assert.InRange(refused, headerEnd * 8 * 3 / 4, headerEnd * 8 - 1);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var error = Assert.Throws<ModelFileException>(() => ModelFile.ReadMetadata(folder.File("absent")));
        Assert.Equal(folder.File("absent") + ": there is no such file", error.Message);
        Assert.Throws<ModelFileException>(() => ModelFile.ReadMetadata(System.IO.Path.Combine(folder.Path, "absent", "too")));
    }

    [Fact]
    public void A_folder_is_no_file()
    {
        var error = Assert.Throws<ModelFileException>(() => ModelFile.ReadMetadata(folder.Path));
        Assert.Equal(folder.Path + ": expected a file, got a folder", error.Message);
    }

    [Fact]
    public void A_path_through_a_file_is_refused() =>
        Assert.Throws<ModelFileException>(() => ModelFile.ReadMetadata(System.IO.Path.Combine(path, "inside")));

    [Fact]
    public void A_file_that_the_operating_system_does_not_give_is_refused()
    {
        // Held by somebody else: permissions would not stop an administrator, who may run the tests.
        using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var error = Assert.Throws<ModelFileException>(() => ModelFile.ReadMetadata(path));
        Assert.StartsWith(path + ": cannot be read: ", error.Message, StringComparison.Ordinal);
    }
}
