using FastRnn.Files;
using FastRnn.Inference;
using FastRnn.Tests.Files;

namespace FastRnn.Tests.Sessions;

/// <summary>States as files that nobody vouches for.</summary>
public sealed class StateFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SpokenStack model = StreamInput<SpokenStack>.Model();
    private readonly SessionState<SpokenStack> state;
    private readonly string path;

    public StateFileTests()
    {
        path = folder.File("state.safetensors");
        using var session = model.CreateSession(new() { BatchSize = 3 });
        session.Run([1, 2, 3, 4, 5, 6], new float[2 * 3 * 3]);
        state = session.GetState();
        state.Save(path, model);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_saved_is_loaded_and_saved_again_as_the_same_bytes()
    {
        var loaded = SessionState<SpokenStack>.Load(path, model);
        Assert.Equal(state, loaded);
        loaded.Save(folder.File("again"), model);
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(folder.File("again")));

        // In a stream, behind something else; and the stream stays open.
        using var stream = new MemoryStream();
        stream.Write([1, 2, 3]);
        state.Save(stream, model);
        Assert.Equal(File.ReadAllBytes(path), stream.ToArray()[3..]);
        stream.Position = 3;
        Assert.Equal(state, SessionState<SpokenStack>.Load(stream, model));
        Assert.Equal(stream.Length, stream.Position);
        stream.Position = 4;
        Assert.Throws<ModelFileException>(() => SessionState<SpokenStack>.Load(stream, model));
    }

    [Fact]
    public void A_state_of_other_weights_is_refused_with_both()
    {
        var other = StreamInput<SpokenStack>.Model();
        using (var edit = other.Edit())
            edit.Parameters[^1] += 1e-3f;
        Refused(
            $"it belongs to other weights of SpokenStack: expected fastrnn.weights '{WeightsFingerprint.Of(other.Parameters)}', "
                + $"got '{WeightsFingerprint.Of(model.Parameters)}'", other);
        Assert.NotEqual(WeightsFingerprint.Of(other.Parameters), WeightsFingerprint.Of(model.Parameters));
        Assert.Matches("^[0-9a-f]{32}$", WeightsFingerprint.Of(model.Parameters));
    }

    [Fact]
    public void The_weights_are_those_of_the_model_whatever_format_sessions_keep()
    {
        using var rounded = model.CreateSession(new() { BatchSize = 3, Weights = WeightFormat.BFloat16 });
        rounded.SetState(SessionState<SpokenStack>.Load(path, model));
        Assert.Equal(state, rounded.GetState());
    }

    [Fact]
    public void A_state_of_another_model_is_refused_with_both()
    {
        var other = StreamInput<LearnedStartText>.Model();
        var refusal = Assert.Throws<ModelFileException>(() => SessionState<LearnedStartText>.Load(path, other));
        Assert.Contains("it belongs to another model: expected fastrnn.model", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(ModelFingerprint.Of(SpokenStack.Info), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dropout_may_come_and_go()
    {
        var (dropped, plain) = (StreamInput<DroppedStream>.Model(), StreamInput<UndroppedStream>.Model());
        using var one = dropped.CreateSession();
        using var other = plain.CreateSession();
        var (input, same) = (new StreamInput<DroppedStream>(9, 4), new StreamInput<UndroppedStream>(9, 4));
        input.Step(one, 0, 0, 5, new Random(1));
        one.GetState().Save(path, dropped);
        other.SetState(SessionState<UndroppedStream>.Load(path, plain));
        Assert.Equal(input.Step(one, 0, 5, 4, new Random(1)), same.Step(other, 0, 5, 4, new Random(1)));
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_neither_saved_nor_loaded()
    {
        foreach (var value in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            var before = File.ReadAllBytes(path);
            var bad = state.Clone();
            bad.Values(0, 1)[20] = value;
            var refusal = Assert.Throws<ArgumentException>(() => bad.Save(path, model));
            Assert.Contains("state.0.c, element 20: expected a finite number", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(before, File.ReadAllBytes(path));

            // The tensors stand in order: h and c of the first layer, then the second layer.
            var at = before.Length - (4 * ((3 * 17) + (3 * 4))) + (4 * 20);
            BitConverter.TryWriteBytes(before.AsSpan(at), value);
            File.WriteAllBytes(path, EditedFile.WithoutChecksum(before));
            Refused("tensor 'state.0.c', element 20: expected a finite number", model);
            state.Save(path, model);
        }
    }

    [Theory]
    [InlineData(
        "\"fastrnn.state\":\"1\"", "\"fastrnn.state\":\"2\"", "it is no state of this version: expected fastrnn.state '1', got '2'")]
    [InlineData("\"fastrnn.state\"", "\"fastrnn.stats\"", "metadata 'fastrnn.stats' is unknown")]
    [InlineData("\"fastrnn.weights\"", "\"fastrnn.heights\"", "metadata 'fastrnn.heights' is unknown")]
    [InlineData("\"fastrnn.model\"", "\"fastrnn.nodel\"", "metadata 'fastrnn.nodel' is unknown")]
    [InlineData("\"fastrnn.batch\":\"3\"", "\"fastrnn.batch\":\"4\"", "tensor 'state.0.h': expected F32 [4, 17], got F32 [3, 17]")]
    [InlineData(
        "\"fastrnn.batch\":\"3\"", "\"fastrnn.batch\":\"0\"", "metadata 'fastrnn.batch': expected a number of streams from 1 on, got '0'")]
    [InlineData("\"fastrnn.batch\":\"3\"", "\"fastrnn.batch\":\"-3\"", "got '-3'")]
    [InlineData("\"fastrnn.batch\":\"3\"", "\"fastrnn.batch\":\"99999999999\"", "got '99999999999'")]
    [InlineData("\"fastrnn.batch\":\"3\",", "", "got none")]
    [InlineData("\"state.1.h\"", "\"state.2.h\"", "tensor 'state.2.h' is no state of the model: expected state.0.h, state.0.c, state.1.h")]
    [InlineData("{\"dtype\":\"F32\",\"shape\":[3,4]", "{\"dtype\":\"I32\",\"shape\":[3,4]",
        "tensor 'state.1.h': expected F32 [3, 4], got I32 [3, 4]")]
    [InlineData("{\"dtype\":\"F32\",\"shape\":[3,4]", "{\"dtype\":\"F32\",\"shape\":[4,3]",
        "tensor 'state.1.h': expected F32 [3, 4], got F32 [4, 3]")]
    public void Another_header_is_refused_with_what_is_wrong(string find, string replace, string message)
    {
        var bytes = EditedFile.WithoutChecksum(File.ReadAllBytes(path));
        var end = 8 + BitConverter.ToInt32(bytes);
        var header = System.Text.Encoding.UTF8.GetString(bytes, 8, end - 8);
        Assert.Contains(find, header, StringComparison.Ordinal);
        folder.Write(header.Replace(find, replace, StringComparison.Ordinal), bytes[end..]);
        File.Move(folder.File("file.safetensors"), path, overwrite: true);
        Refused(message, model);
    }

    [Fact]
    public void A_tensor_that_is_missing_is_named()
    {
        SafeTensors(tensors => tensors.RemoveAt(1));
        Refused("tensor 'state.0.c' [3, 17] is missing", model);
    }

    [Fact]
    public void A_tensor_too_many_is_named()
    {
        SafeTensors(tensors => tensors.Add(new TensorData("more", new float[1])));
        Refused("tensor 'more' is no state of the model", model);
    }

    [Fact]
    public void A_file_cut_off_at_any_byte_or_longer_is_refused()
    {
        var whole = File.ReadAllBytes(path);
        for (var length = 0; length < whole.Length; length++)
        {
            using var cut = new MemoryStream(whole, 0, length);
            Assert.Throws<ModelFileException>(() => SessionState<SpokenStack>.Load(cut, model));
        }

        using var longer = new MemoryStream([.. whole, 0]);
        Assert.Throws<ModelFileException>(() => SessionState<SpokenStack>.Load(longer, model));
    }

    [Fact]
    public void Any_flipped_bit_of_the_header_is_refused_or_harmless()
    {
        var whole = File.ReadAllBytes(path);
        var (end, refused) = (8 + BitConverter.ToInt32(whole), 0);
        for (var bit = 0; bit < end * 8; bit++)
        {
            var damaged = whole.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            using var stream = new MemoryStream(damaged);
            try
            {
                Assert.Equal(state, SessionState<SpokenStack>.Load(stream, model));
            }
            catch (ModelFileException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, end * 7, end * 8);
    }

    [Fact]
    public void What_is_no_file_or_cannot_be_sought_in_is_refused()
    {
        Assert.Throws<ModelFileException>(() => SessionState<SpokenStack>.Load(folder.File("none"), model));
        Assert.Throws<ModelFileException>(() => SessionState<SpokenStack>.Load(folder.Path, model));
        Assert.Throws<ModelFileException>(() => state.Save(folder.Path, model));
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream();
        Assert.Contains("MemoryStream", Assert.Throws<ArgumentException>(() => SessionState<SpokenStack>.Load(pipe, model)).Message,
            StringComparison.Ordinal);
    }

    private void Refused(string message, SpokenStack by) => Assert.Contains(
        message, Assert.Throws<ModelFileException>(() => SessionState<SpokenStack>.Load(path, by)).Message, StringComparison.Ordinal);

    /// <summary>Writes the file with other tensors.</summary>
    private void SafeTensors(Action<List<TensorData>> change)
    {
        IReadOnlyDictionary<string, string> metadata;
        using (var file = SafeTensorsReader.Open(path))
            metadata = file.Metadata;
        var tensors = SessionState<SpokenStack>.Slots
            .Select((slot, i) => new TensorData(slot.Name, state.Rows(i, 0, 3).ToArray(), 3, slot.Size)).ToList();
        change(tensors);
        AtomicFile.Write(path, stream => SafeTensorsWriter.Write(stream, tensors, metadata));
    }
}
