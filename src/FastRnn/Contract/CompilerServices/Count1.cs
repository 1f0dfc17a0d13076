using System.ComponentModel;
using System.Runtime.InteropServices;

namespace FastRnn.CompilerServices;

/// <summary>The number 1 as a type argument: the size of the struct is the number. <c>sizeof(N) &gt; 2</c> is a constant when the JIT reads
/// a method, so that what it excludes is not even read, let alone compiled.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Sequential, Size = 1)]
public readonly struct Count1;
