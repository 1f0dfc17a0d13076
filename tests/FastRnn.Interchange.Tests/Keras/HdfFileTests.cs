using FastRnn.Interchange.Keras.Hdf5;
using FastRnn.Interchange.Tensors;

using PureHDF;

namespace FastRnn.Interchange.Tests.Keras;

/// <summary>The reader of HDF5 against PureHDF: both read the same, and what leads out of a file is refused.</summary>
public class HdfFileTests
{
    public static IEnumerable<object[]> Files =>
        KerasData.Models.SelectMany(m => new[] { ".h5", ".weights.h5" }.Select(format => new object[] { m + format }));

    [Theory]
    [MemberData(nameof(Files))]
    public void Tensors_and_texts_are_those_that_PureHDF_reads(string file)
    {
        using var expected = H5File.OpenRead(KerasData.PathOf(file));
        Compare(expected, HdfFile.Read(file, KerasData.Bytes(file)));
    }

    [Fact]
    public void Files_of_the_newer_format_are_read()
    {
        var bytes = Write(new H5File
        {
            ["group"] = new H5Group { ["vector"] = new float[] { 1, 2, 3 }, ["matrix"] = new double[,] { { 1, 2 }, { 3, 4 } } },
        });
        var root = HdfFile.Read("newer", bytes);
        Assert.Equal([1.0, 2, 3], Tensor.Of(root.Tensor("group/vector")!).Values);
        Assert.Equal([2L, 2], root.Tensor("group/matrix")!.Shape);
        Assert.Equal([1.0, 2, 3, 4], Tensor.Of(root.Tensor("/group/matrix")!).Values);
    }

    [Fact]
    public void Soft_links_are_refused()
    {
        var bytes = Write(new H5File { ["a"] = new float[] { 1 }, ["b"] = new H5SoftLink("/a") });
        Refused(bytes, "'b' is a soft link");
    }

    [Fact]
    public void Chunks_are_refused_with_a_remedy()
    {
        var bytes = Write(new H5File { ["a"] = new H5Dataset(new float[64], chunks: [16]) });
        Refused(bytes, "h5repack");
    }

    [Fact]
    public void A_group_inside_of_itself_is_refused()
    {
        // The superblock holds the address of the root's header at 64; each entry is pointed there in turn.
        var bytes = KerasData.Bytes("keras_lstm_dense.weights.h5");
        var entries = Entries(bytes);
        Assert.True(entries.Count > 4);
        foreach (var entry in entries)
        {
            var changed = bytes.ToArray();
            bytes.AsSpan(64, 8).CopyTo(changed.AsSpan(entry, 8));
            Refused(changed, "leads to an object that another name leads to, too");
        }
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var bytes = KerasData.Bytes("keras_simple_rnn.weights.h5");
        for (var length = 0; length < bytes.Length; length += 61)
            Assert.Throws<ForeignFileException>(() => HdfFile.Read("cut", bytes.AsMemory(0, length)));
    }

    [Fact]
    public void A_file_that_is_cut_off_says_how_long_it_should_be()
    {
        var bytes = KerasData.Bytes("keras_simple_rnn.weights.h5");
        Refused(bytes[..^1], $"expected a file of {bytes.Length} bytes, got {bytes.Length - 1}: it is cut off");
    }

    // Symbol table entries hold the address of a header behind the offset of a name.
    private static List<int> Entries(byte[] bytes)
    {
        var found = new List<int>();
        for (var at = 0; (at = IndexOf(bytes, "SNOD"u8, at)) >= 0; at += 4)
            found.AddRange(Enumerable.Range(0, bytes[at + 6]).Select(i => at + 8 + (40 * i) + 8));
        return found;
    }

    private static int IndexOf(byte[] bytes, ReadOnlySpan<byte> what, int from)
    {
        var index = bytes.AsSpan(from).IndexOf(what);
        return index < 0 ? -1 : from + index;
    }

    private static byte[] Write(H5File file)
    {
        using var stream = new MemoryStream();
        file.Write(stream);
        return stream.ToArray();
    }

    private static void Refused(byte[] bytes, string message)
    {
        var wrong = Assert.Throws<ForeignFileException>(() => HdfFile.Read("file.h5", bytes));
        Assert.Contains(message, wrong.Message, StringComparison.Ordinal);
    }

    private static void Compare(IH5Group expected, HdfGroup group)
    {
        var children = expected.Children().ToList();
        Assert.Equal(children.Select(c => c.Name).Order(), group.Groups.Keys.Concat(group.Tensors.Keys).Order());
        foreach (var child in children)
        {
            if (child is IH5Group inner)
                Compare(inner, group.Groups[child.Name]);
            else if (child is IH5Dataset data)
                Assert.Equal(data.Read<float[]>().Select(x => (double)x), Tensor.Of(group.Tensors[child.Name]).Values);
        }

        foreach (var attribute in expected.Attributes())
        {
            if (attribute.Type.Class is H5DataTypeClass.String or H5DataTypeClass.VariableLength)
                Assert.Equal(attribute.Read<string[]>(), group.Attributes[attribute.Name].Texts());
            else
                Assert.Empty(group.Attributes[attribute.Name].Texts());
        }
    }
}
