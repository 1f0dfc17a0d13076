using System.Runtime.InteropServices;

namespace FastRnn.Embedded;

/// <summary>Bytes to an open file of the system. (A <see cref="FileStream"/> keeps a position of its own, and would overwrite what others
/// write to the same file.)</summary>
internal sealed unsafe partial class UnixOutput(int number) : Stream
{
    /// <summary>The <see cref="Exception.HResult"/> of what is thrown when the other end of the pipe is closed: EPIPE.</summary>
    public const int NobodyReads = 32;

    private const int Interrupted = 4;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint written;
            fixed (byte* bytes = buffer)
            {
                written = Write(number, bytes, buffer.Length);
            }

            if (written >= 0)
            {
                buffer = buffer[(int)written..];
            }
            else if (Marshal.GetLastPInvokeError() is var error && error != Interrupted)
            {
                throw new IOException($"standard {(number == 1 ? "output" : "error")}: {Marshal.GetPInvokeErrorMessage(error)}", error);
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int file, byte* bytes, nint count);
}
