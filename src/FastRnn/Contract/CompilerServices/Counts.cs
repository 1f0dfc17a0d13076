using System.ComponentModel;
using System.Runtime.InteropServices;

namespace FastRnn.CompilerServices;

// Numbers as type arguments: the size of the struct is the number. `sizeof(N) > 2` is a constant when the JIT reads a method, so that what
// it excludes is not even read, let alone compiled.

/// <summary>The number 1.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Sequential, Size = 1)]
public readonly struct Count1;

/// <summary>The number 2.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Sequential, Size = 2)]
public readonly struct Count2;

/// <summary>The number 3.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Sequential, Size = 3)]
public readonly struct Count3;

/// <summary>The number 4.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Sequential, Size = 4)]
public readonly struct Count4;

/// <summary>The number 5.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Sequential, Size = 5)]
public readonly struct Count5;

/// <summary>The number 6.</summary>
[StructLayout(LayoutKind.Sequential, Size = 6)]
internal readonly struct Count6;

/// <summary>The number 8.</summary>
[StructLayout(LayoutKind.Sequential, Size = 8)]
internal readonly struct Count8;

/// <summary>The number 9.</summary>
[StructLayout(LayoutKind.Sequential, Size = 9)]
internal readonly struct Count9;

/// <summary>The number 11.</summary>
[StructLayout(LayoutKind.Sequential, Size = 11)]
internal readonly struct Count11;

/// <summary>The number 12.</summary>
[StructLayout(LayoutKind.Sequential, Size = 12)]
internal readonly struct Count12;
